import type { ModelSummary } from '#renderer/api/types.ts'
import { Badge, type Tone } from '#renderer/components/badge.tsx'
import { formatCount, humanize } from '#renderer/components/format.ts'
import { useLinkTo } from '#renderer/stores/context.ts'

type Standing = ModelSummary['standing'][number]

function toneOf({ runs, passing }: Standing): Tone {
  if (runs === 0) return 'plain'
  return passing > 0 ? 'good' : 'bad'
}

function wordsOf({ profile, runs, passing, trained }: Standing): string {
  const state = runs === 0 ? 'no runs yet' : `${formatCount(passing)} of ${formatCount(runs)} runs pass`
  return `${humanize(profile)}: ${state}${trained ? ', trained' : ''}`
}

/** How a model stands against each risk profile; each badge leads to the runs behind it. */
export function RiskBadges({ model: { id, standing } }: { model: ModelSummary }) {
  const linkTo = useLinkTo()
  return (
    <span className="row nowrap">
      {standing.map((each) =>
        each.runs === 0 ? (
          <StandingBadge key={each.profile} standing={each} />
        ) : (
          <a
            key={each.profile}
            href={linkTo('leaderboard', {
              model_id: id,
              profile: each.profile,
              pass_gate: each.passing > 0 ? '1' : undefined,
            })}
          >
            <StandingBadge standing={each} />
            <span className="visually-hidden">{wordsOf(each)}</span>
          </a>
        ),
      )}
    </span>
  )
}

function StandingBadge({ standing }: { standing: Standing }) {
  const { profile, runs, passing, trained } = standing
  return (
    <Badge tone={toneOf(standing)} title={wordsOf(standing)}>
      {profile.charAt(0).toUpperCase()} {runs === 0 ? '–' : `${formatCount(passing)}/${formatCount(runs)}`}
      {trained && ' ✓'}
    </Badge>
  )
}
