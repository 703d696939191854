import { formatCount, formatNumber, formatPlural } from '#renderer/components/format.ts'
import { formatDay } from '#renderer/components/time.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { FoldReport } from '#shared/contract/metrics.ts'
import { ChartFrame } from './chart-frame.tsx'
import type { ChartTable } from './chart-table.ts'
import { areTestsApart, foldSpans, pricePath } from './fold-spans.ts'

interface FoldMapProps {
  folds: readonly FoldReport[]
  /** Drawn behind the bands. */
  bars?: ReplyOf<'getBars'> | undefined
}

/** Where each fold learned, what was cut out, and where it was tested, over the price of that time. */
export function FoldMap({ folds, bars }: FoldMapProps) {
  const axis = foldSpans(folds)
  if (axis === undefined) return <p className="muted">No fold was used.</p>
  if (!areTestsApart(folds)) {
    return (
      <p className="muted">
        Each of the {folds.length} folds tests two stretches of time apart, so one band cannot show it.
      </p>
    )
  }
  const path = bars === undefined ? '' : pricePath(axis, bars.ts, bars.close)
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  return (
    <ChartFrame
      label="Folds over time"
      height={Math.max(120, axis.lanes.length * 22)}
      table={tableOf(folds)}
      caption={
        <div className="fold-map-key row muted">
          <span className="key train" /> learns
          <span className="key cut" /> {cutText(axis.lanes.map(({ fold }) => fold))}
          <span className="key test" /> tested
          {path !== '' && bars !== undefined && <span>line: {bars.ticker}</span>}
        </div>
      }
    >
      <div className="fold-map">
        {path !== '' && (
          <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
            <path d={path} fill="none" stroke="currentColor" vectorEffect="non-scaling-stroke" />
          </svg>
        )}
        {axis.lanes.map(({ fold, spans }) => (
          <div
            key={fold.fold}
            className="lane"
            role="img"
            aria-label={describe(fold)}
            title={describe(fold)}
            data-testid="fold-lane"
          >
            {spans.map((span) => (
              <span
                key={`${span.band} ${span.left}`}
                className={span.band}
                style={{ left: `${span.left * 100}%`, width: `${span.width * 100}%` }}
              />
            ))}
          </div>
        ))}
      </div>
      <div className="fold-map-ends muted">
        <span>{day(axis.start)}</span>
        <span>{day(axis.end)}</span>
      </div>
    </ChartFrame>
  )
}

const tableOf = (folds: readonly FoldReport[]): ChartTable => ({
  columns: [
    'Fold',
    'Learns from',
    'to',
    'Rows learned on',
    'Purged',
    'Embargoed',
    'Tested from',
    'to',
    'Rows tested',
    'Sharpe',
  ].map((title) => ({ title })),
  rows: folds.map((fold) => [
    fold.fold,
    fold.train_start?.slice(0, 10) ?? null,
    fold.train_end?.slice(0, 10) ?? null,
    fold.train_rows,
    fold.purged_rows,
    fold.embargoed_rows,
    fold.test_start?.slice(0, 10) ?? null,
    fold.test_end?.slice(0, 10) ?? null,
    fold.test_rows,
    fold.metrics.sharpe ?? null,
  ]),
})

function cutText(folds: readonly FoldReport[]): string {
  const purged = folds.reduce((sum, fold) => sum + fold.purged_rows, 0)
  const embargoed = folds.reduce((sum, fold) => sum + fold.embargoed_rows, 0)
  return `cut out: ${formatPlural(purged, 'row')} purged, ${formatCount(embargoed)} embargoed`
}

const describe = (fold: FoldReport): string =>
  `Fold ${fold.fold}: learns ${formatDay(fold.train_start)} – ${formatDay(fold.train_end)} (${formatCount(fold.train_rows)} rows), ` +
  `${formatCount(fold.purged_rows)} purged, ${formatCount(fold.embargoed_rows)} embargoed, ` +
  `tested ${formatDay(fold.test_start)} – ${formatDay(fold.test_end)} (${formatCount(fold.test_rows)} rows), ` +
  `Sharpe ${formatNumber(fold.metrics.sharpe)}`
