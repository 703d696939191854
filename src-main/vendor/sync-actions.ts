import { newYorkDate } from '#shared/calendar/new-york.ts'
import { fetchOnce, lakeTicker, type SyncRun, vendorSource } from './sync-run.ts'

const series = 'actions'

/** Fetches all splits and dividends of a ticker, once a day: new ones may have been announced since. */
export async function syncActions(run: SyncRun, vendorTicker: string): Promise<void> {
  if (vendorTicker.startsWith('I:')) return
  const { client, store, signal, meter } = run
  const ticker = lakeTicker(vendorTicker)
  const today = newYorkDate(run.now)
  if (store.sessions(ticker, series).some(({ date }) => date === today)) return
  meter.plan(2)
  meter.phase(`${ticker} splits and dividends`)
  const placeOf = (what: string) => ({ ticker, series, request: `${what}/${today}` })
  const splits = await fetchOnce(run, placeOf('splits'), () => client.splits(vendorTicker, signal))
  const dividends = await fetchOnce(run, placeOf('dividends'), () => client.dividends(vendorTicker, signal))
  const common = { ticker, source: vendorSource }
  const none = { split_from: null, split_to: null, cash_amount: null, currency: null }
  store.putActions(ticker, [
    ...splits
      .filter((each) => each.ticker === vendorTicker)
      .map(({ id, execution_date, split_from, split_to }) => ({
        ...{ ...common, ...none, kind: 'split' as const, id, date: execution_date },
        split_from,
        split_to,
      })),
    ...dividends
      .filter((each) => each.ticker === vendorTicker)
      .map(({ id, ex_dividend_date, cash_amount, currency }) => ({
        ...{ ...common, ...none, kind: 'dividend' as const, id, date: ex_dividend_date },
        cash_amount,
        currency: currency?.toUpperCase() ?? null,
      })),
  ])
  const rows = splits.length + dividends.length
  store.complete(ticker, series, [{ date: today, rows, outside_hours: 0 }])
}

/** Date of the newest split that has taken place, undefined where there is none. */
export function lastSplit(
  { store, now }: Pick<SyncRun, 'store' | 'now'>,
  ticker: string,
): string | undefined {
  const today = newYorkDate(now)
  return store
    .actions(ticker)
    .filter(({ kind, date }) => kind === 'split' && date <= today)
    .at(-1)?.date
}
