import type { SignalRow } from '#renderer/api/types.ts'

const columns = ['ts', 'model_id', 'risk_profile', 'ticker', 'side', 'status', 'fill_px', 'pnl'] as const

/** Signals as rows of an import that say what is known of them: fill price and result are there to be filled in. */
export function fillsExample(signals: readonly SignalRow[]): string {
  const lines = signals.map((signal) => columns.map((name) => signal[name] ?? '').join(','))
  return `${[columns.join(','), ...lines].join('\n')}\n`
}
