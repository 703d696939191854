import { useQuery } from '#renderer/api/use-query.ts'
import { BarList } from '#renderer/components/bar-list.tsx'
import { formatNumber, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { TearSheet } from '#shared/contract/tear-sheet.ts'

type Rows = ReplyOf<'getTrainingImportance'>['rows']

const SHOWN = 15
const definition =
  'Gain: share of all split gains of the trained model (for logistic, of absolute coefficients). Permutation: mean increase of the out-of-fold log loss when the feature is shuffled, 5 shuffles; at or below 0 the feature helps nothing'

/** What each feature is worth to the model that was trained of this configuration. */
export function ImportancePanel({ importance }: Pick<TearSheet, 'importance'>) {
  const query = useQuery(
    'getTrainingImportance',
    importance === null ? null : { params: { id: importance.training_run_id } },
  )
  return (
    <Panel
      title="Feature importance"
      definition={definition}
      note={importance !== null && <code>{importance.artifact.split('/').at(-1)}</code>}
    >
      {importance === null ? (
        <EmptyState title="No model is trained of this configuration yet">
          Add the run to the cart and train it; what each feature is worth appears here.
        </EmptyState>
      ) : (
        <QueryView query={query}>{({ rows }) => <ImportanceBars rows={rows} />}</QueryView>
      )}
    </Panel>
  )
}

/** The most useful features by either measure. */
export function ImportanceBars({ rows }: { rows: Rows }) {
  const total = rows.reduce((sum, { gain }) => sum + gain, 0) || 1
  const byGain = rows.toSorted((a, b) => b.gain - a.gain).slice(0, SHOWN)
  const known = rows.filter(({ permutation }) => permutation !== null)
  const byLoss = known.toSorted((a, b) => (b.permutation ?? 0) - (a.permutation ?? 0)).slice(0, SHOWN)
  const most = Math.max(1e-12, ...byLoss.map(({ permutation }) => Math.abs(permutation ?? 0)))
  return (
    <div className="columns" style={{ '--column': '320px' }}>
      <section className="stack tight">
        <h3>By gain</h3>
        <BarList
          label="Features by gain"
          bars={byGain.map(({ feature, gain }) => ({
            name: feature,
            share: gain / (byGain[0]?.gain || 1),
            text: formatPercent(gain / total),
          }))}
        />
      </section>
      <section className="stack tight">
        <h3>By loss without it</h3>
        {byLoss.length === 0 ? (
          <p className="muted">Train the model again to see it.</p>
        ) : (
          <BarList
            label="Features by loss without them"
            bars={byLoss.map(({ feature, permutation, permutation_std: std }) => ({
              name: feature,
              share: Math.abs(permutation ?? 0) / most,
              text: `${formatNumber(permutation, 5)} ± ${formatNumber(std, 5)}`,
              tone: (permutation ?? 0) > 0 ? undefined : 'bad',
            }))}
          />
        )}
      </section>
    </div>
  )
}
