import { join } from 'node:path'
import type { WritableColumn } from '#main/lake/columns.ts'
import type { ServiceContext } from './context.ts'

/** Workspace path of the signals of a model. */
export function signalsCsv(modelId: string): string {
  return `live_data/${modelId}/signals.csv`
}

/** Writes all signals of a model, oldest first, for scripts that read files; returns the workspace path. */
export async function writeSignalsCsv(
  { ledger, duck, root }: Pick<ServiceContext, 'ledger' | 'duck' | 'root'>,
  modelId: string,
): Promise<string> {
  const { rows } = ledger.signals.list({ model_id: modelId, limit: 1_000_000, offset: 0 })
  rows.reverse()
  type Row = (typeof rows)[number]
  const text = (pick: (row: Row) => string): WritableColumn => {
    const values = rows.map(pick)
    const dictionary = [...new Set(values)]
    const codeOf = new Map(dictionary.map((value, code) => [value, code]))
    return { kind: 'text', codes: Uint32Array.from(values, (value) => codeOf.get(value)!), dictionary }
  }
  const figure = (pick: (row: Row) => number | null) =>
    Float64Array.from(rows, (row) => pick(row) ?? Number.NaN)
  const csv = signalsCsv(modelId)
  await duck.writeColumns(
    {
      ts: text(({ ts }) => ts),
      model_id: text(({ model_id }) => model_id),
      risk_profile: text(({ risk_profile }) => risk_profile),
      ticker: text(({ ticker }) => ticker),
      side: text(({ side }) => side),
      score_total: figure(({ score_total }) => score_total),
      threshold: figure(({ threshold }) => threshold),
      size: figure(({ size }) => size),
      size_r: figure(({ size_r }) => size_r),
      entry_ref_px: figure(({ entry_ref_px }) => entry_ref_px),
      stop_px: figure(({ stop_px }) => stop_px),
      target_px: figure(({ target_px }) => target_px),
      time_stop_minutes: figure(({ time_stop_minutes }) => time_stop_minutes),
      status: text(({ status }) => status),
      fill_px: figure(({ fill_px }) => fill_px),
      slippage: figure(({ slippage }) => slippage),
      rr: figure(({ rr }) => rr),
      pnl: figure(({ pnl }) => pnl),
      simulated: text(({ simulated }) => String(simulated)),
    },
    join(root, csv),
    'csv',
  )
  return csv
}
