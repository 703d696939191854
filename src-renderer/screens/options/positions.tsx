import { useMemo } from 'react'
import type { OptionPosition } from '#renderer/api/types.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { DataBadge } from '#renderer/components/badge.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { DataGrid } from '#renderer/components/data-grid.tsx'
import { zoneName } from '#renderer/components/display-time.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { useModelId, useProfile } from '#renderer/stores/context.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { ParityFigures } from './parity-figures.tsx'
import { positionColumns } from './position-columns.tsx'

const open = ({ id }: OptionPosition) => setParams({ position: String(id) })
const rowId = ({ id }: OptionPosition) => String(id)

/** The positions stored for the signals of a window, and what became of them. */
export function Positions({ window: { start, end } }: { window: { start: string; end: string } }) {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const current = useHash().params['position']
  const query = { model_id: modelId, risk_profile: profile, start, end }
  const pages = usePages('listOptionSignals', { query })
  const parity = useQuery('getOptionParity', { query })
  const columns = useMemo(() => positionColumns(open), [])
  const span = start === end ? start : `${start} to ${end}`
  if (pages.error !== undefined && pages.rows.length === 0) {
    return <ErrorState error={pages.error} onRetry={pages.retry} />
  }
  if (pages.loading) return <LoadingState label="Loading positions" lines={8} />
  if (pages.rows.length === 0) {
    return (
      <section className="panel" aria-label="Positions">
        <EmptyState title={`No positions for ${span} yet`}>
          Press the build button: empty fields are the policy’s, so it chooses something sensible. Each
          position opens with its legs, its greeks and its payoff.
        </EmptyState>
      </section>
    )
  }
  return (
    <>
      {parity.data !== undefined && <ParityFigures parity={parity.data} span={span} />}
      <Panel
        title="Positions"
        flush
        note={
          <>
            <DataBadge simulated={pages.rows.some(({ simulated }) => simulated)} />
            <span className="muted">{zoneName()}, dollars per share</span>
          </>
        }
        actions={<CopyRequest operationId="listOptionSignals" input={{ query }} />}
      >
        <DataGrid
          label="Option positions"
          testId="position-grid"
          rows={pages.rows}
          columns={columns}
          rowId={rowId}
          csvName={`options-${modelId}-${start}-${end}`}
          height={230}
          isMarked={({ id }) => String(id) === current}
          onRow={open}
        />
      </Panel>
    </>
  )
}
