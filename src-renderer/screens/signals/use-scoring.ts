import { useState } from 'react'
import type { ModelSummary, SeriesRow } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { formatPlural } from '#renderer/components/format.ts'
import { useModelId, useProfile } from '#renderer/stores/context.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { isPeriod, type Period, startOf } from './scored-period.ts'

/** Asking the trained model in force for signals: of which rows is in the link (`back=`). */
export function useScoring(model: ModelSummary | undefined) {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const { params } = useHash()
  const push = useToasts((store) => store.push)
  const { run, pending, error } = useAction('generateSignals')
  const series = useQuery('getDataCatalog', {}).data?.series ?? []
  const [last, setLast] = useState<{ key: string; warnings: readonly string[] }>()
  const period: Period = isPeriod(params['back']) ? params['back'] : 'newest'
  const input = inputOf(modelId, profile, startOf(period, lastDay(model, series)))
  const key = `${modelId} ${profile}`
  const score = async (asked: Period = period) => {
    const reply = await run(inputOf(modelId, profile, startOf(asked, lastDay(model, series))))
    if (reply === undefined) return
    setParams({ signal_id: undefined, back: asked === 'newest' ? undefined : asked })
    setLast({ key, warnings: reply.warnings })
    push({
      tone: reply.count > 0 ? 'good' : 'info',
      text: `${formatPlural(reply.count, 'signal')} written to ${reply.csv}`,
    })
  }
  const warnings = last?.key === key ? last.warnings : []
  return { input, period, score, pending, error, warnings }
}

const inputOf = (
  model_id: string,
  risk_profile: ReturnType<typeof useProfile>[0],
  start: string | undefined,
) => ({
  body: { model_id, risk_profile, ...(start === undefined ? {} : { start }) },
})

/** Newest day of the bars that the model decides on. */
function lastDay(model: ModelSummary | undefined, series: readonly SeriesRow[]): string | undefined {
  return series
    .filter(
      ({ kind, ticker, cadence }) => kind === 'bars' && ticker === model?.ticker && cadence === model.cadence,
    )
    .map(({ last }) => last.slice(0, 10))
    .toSorted()
    .at(-1)
}
