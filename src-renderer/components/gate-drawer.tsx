import type { LeaderboardRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { riskProfiles } from '#shared/contract/schemas.ts'
import { Badge, DataBadge } from './badge.tsx'
import { describeConfig } from './describe-config.ts'
import { Drawer } from './drawer.tsx'
import { GateChecks } from './gate-checks.tsx'
import { nearMiss, reasonText } from './gate-format.ts'
import { LineageList } from './lineage-list.tsx'
import { QueryView } from './query-view.tsx'

export const openGate = (runId: string): void => setParams({ gate: runId })
const closeGate = (): void => setParams({ gate: undefined })

/** Why a row passes or fails. The row is named by the link (`gate=`), so the drawer can be shared. */
export function GateDrawer({ rows }: { rows: readonly LeaderboardRow[] }) {
  const id = useHash().params['gate']
  const known = rows.find((row) => row.id === id)
  const query = useQuery(
    'getBacktestRun',
    id === undefined || known !== undefined ? null : { params: { id } },
  )
  if (id === undefined) return null
  return (
    <Drawer title={`Gate of run ${id}`} onClose={closeGate} testId="gate-drawer">
      {known !== undefined ? (
        <GateCard row={known} hasLink />
      ) : (
        <QueryView query={query}>{({ run }) => <GateCard row={run} hasLink />}</QueryView>
      )}
    </Drawer>
  )
}

/** Verdict, rules and lineage of one run. */
export function GateCard({ row, hasLink = false }: { row: LeaderboardRow; hasLink?: boolean }) {
  const linkTo = useLinkTo()
  const profile = row.lineage.risk_profile
  const looser = riskProfiles[riskProfiles.indexOf(profile) + 1]
  return (
    <>
      <div className="row">
        <Badge tone={row.gate.pass ? 'good' : 'bad'}>
          {row.gate.pass ? `passes ${profile}` : `fails ${profile}`}
        </Badge>
        <DataBadge simulated={row.simulated} />
        <span>
          {row.model_id} · {describeConfig(row.config)}
        </span>
        <span className="spacer" />
        {hasLink && <a href={linkTo('run', { id: row.id })}>Open run {row.id}</a>}
      </div>
      {!row.gate.pass && (
        <p>
          {nearMiss(row.gate, row.checks, profile)}
          {row.gate.reasons.length > 1 && (
            <span className="muted"> · {row.gate.reasons.map(reasonText).join(', ')}</span>
          )}
        </p>
      )}
      {hasLink && !row.gate.pass && looser !== undefined && (
        <p className="row">
          <a
            className="button small"
            href={linkTo('sweeps', { model_id: row.model_id, profile: looser })}
            data-testid="loosen-profile"
          >
            Sweep it as {looser}
          </a>
          <span className="muted">
            The same figures under wider limits; nothing is trained or traded by it.
          </span>
        </p>
      )}
      <GateChecks checks={row.checks} />
      <h3>Where it comes from</h3>
      <LineageList lineage={row.lineage} />
    </>
  )
}
