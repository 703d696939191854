import type { Latest } from '#renderer/api/use-latest.ts'
import { BarList } from '#renderer/components/bar-list.tsx'
import { formatCount, formatPercent, formatPlural } from '#renderer/components/format.ts'
import { reasonText } from '#renderer/components/gate-format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Sha } from '#renderer/components/sha.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { RiskRow } from './read-budget.ts'

interface RiskEffectProps {
  row: RiskRow
  looked: Latest<ReplyOf<'checkRiskProfile'>>
  isChanged: boolean
}

/** What the change would do: to the sha that new runs carry, and to which stored runs would pass. */
export function RiskEffect({ row, looked, isChanged }: RiskEffectProps) {
  return (
    <Panel title="Effect" note={looked.isBehind ? <span className="muted">looking…</span> : undefined}>
      <QueryView query={looked}>
        {({ effect, risk_sha }) => (
          <>
            <dl className="pairs" data-testid="risk-effect">
              <dt>Risk sha</dt>
              <dd className="row">
                <Sha label="risk sha in force" sha={row.risk_sha} />
                {risk_sha !== null && risk_sha !== row.risk_sha && (
                  <>
                    <span aria-hidden="true">→</span>
                    <Sha label="risk sha to be" sha={risk_sha} />
                  </>
                )}
              </dd>
              <dt>Runs looked at</dt>
              <dd>
                {formatCount(effect.runs)}
                {effect.total > effect.runs && `, the newest of ${formatCount(effect.total)}`}
              </dd>
              <dt>Pass</dt>
              <dd>
                {formatCount(effect.passing_now)}
                {isChanged && (
                  <>
                    {' '}
                    → <strong className={toneOf(effect)}>{formatCount(effect.passing_then)}</strong>
                  </>
                )}
              </dd>
              {isChanged && effect.gains.length > 0 && (
                <>
                  <dt>Would pass</dt>
                  <dd>
                    <RunLinks ids={effect.gains} />
                  </dd>
                </>
              )}
              {isChanged && effect.losses.length > 0 && (
                <>
                  <dt>Would fail</dt>
                  <dd>
                    <RunLinks ids={effect.losses} />
                  </dd>
                </>
              )}
              {effect.unknown > 0 && (
                <>
                  <dt>Not measured</dt>
                  <dd>
                    {formatPlural(effect.unknown, 'run')} never held to one of these rules, counted as failing
                  </dd>
                </>
              )}
            </dl>
            {effect.runs === 0 ? (
              <p className="muted">
                No run of this pack under this profile yet: sweep one, and its runs are counted here.
              </p>
            ) : (
              <BarList
                label="Why runs would fail"
                bars={Object.entries(effect.reasons)
                  .sort(([, a], [, b]) => b - a)
                  .slice(0, 8)
                  .map(([reason, count]) => ({
                    name: reasonText(reason),
                    share: count / effect.runs,
                    text: `${formatCount(count)} · ${formatPercent(count / effect.runs, 0)}`,
                    tone: 'bad' as const,
                  }))}
              />
            )}
            <p className="muted">
              Stored runs keep the verdict and the sha they were judged by; new ones are held to the new
              budget.
            </p>
          </>
        )}
      </QueryView>
    </Panel>
  )
}

const toneOf = ({ passing_now, passing_then }: ReplyOf<'checkRiskProfile'>['effect']) =>
  passing_then > passing_now ? 'gain' : passing_then < passing_now ? 'loss' : undefined

function RunLinks({ ids }: { ids: readonly string[] }) {
  const linkTo = useLinkTo()
  return (
    <span className="row">
      {ids.map((id) => (
        <a key={id} href={linkTo('run', { id })}>
          #{id}
        </a>
      ))}
    </span>
  )
}
