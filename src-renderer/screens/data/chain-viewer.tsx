import { useRef } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { SmileChart } from '#renderer/charts/smile-chart.tsx'
import { TermChart } from '#renderer/charts/term-chart.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatCount, formatMoney, formatNumber, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { ChainPicker } from './chain-picker.tsx'
import { type Chain, chooseExpiry, type Expiry, strikeRows } from './chain-rows.ts'
import { ChainTable } from './chain-table.tsx'
import { ExpiryTabs } from './expiry-tabs.tsx'
import { OriginBadge } from './origin-badge.tsx'

/** The option chain of a ticker at one snapshot. Session, snapshot and expiry are in the link (`date`, `at`, `expiry`). */
export function ChainViewer({ ticker }: { ticker: string }) {
  const { params } = useHash()
  const { date, at } = params
  const input = {
    query: { ticker, ...(date === undefined ? {} : { date }), ...(at === undefined ? {} : { at }) },
  }
  const query = useQuery('getChain', input)
  // The last chain stays in sight while the next one loads, so that stepping through a session does not flicker.
  const last = useRef<Chain>(undefined)
  if (query.data !== undefined) last.current = query.data
  const data = query.data ?? (query.error === undefined ? last.current : undefined)
  const isNamed = date !== undefined || at !== undefined
  return (
    <>
      <Panel
        title={`Option chain of ${ticker}`}
        note={data !== undefined && <OriginBadge series={data} />}
        actions={<CopyRequest operationId="getChain" input={input} />}
      >
        <ChainPicker
          ticker={ticker}
          date={date ?? data?.date ?? ''}
          at={data?.at}
          snapshots={data?.snapshots ?? []}
          onReset={isNamed ? () => setParams({ date: undefined, at: undefined }) : undefined}
        />
        <QueryView query={{ ...query, data }} lines={8}>
          {(chain) => <Snapshot chain={chain} expiry={chooseExpiry(chain.expiries, params['expiry'])} />}
        </QueryView>
      </Panel>
      {data !== undefined && (
        <Volatility chain={data} expiry={chooseExpiry(data.expiries, params['expiry'])} />
      )}
    </>
  )
}

const pick = (expiry: string) => setParams({ expiry })

function Snapshot({ chain, expiry }: { chain: Chain; expiry: Expiry | undefined }) {
  if (expiry === undefined) {
    return <EmptyState title="No quotes">This snapshot lists no contract.</EmptyState>
  }
  const rows = strikeRows(expiry, chain.spot)
  const held = (side: Expiry['call']) =>
    side.open_interest.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  return (
    <>
      <ExpiryTabs expiries={chain.expiries} current={expiry.date} onPick={pick} />
      <Stats
        label="Expiry"
        stats={[
          { label: 'Spot', value: formatMoney(chain.spot) },
          { label: `Expiry, ${expiry.kind}`, value: expiry.date },
          { label: 'Days', value: formatCount(expiry.days) },
          {
            label: 'ATM volatility',
            value: <span data-testid="atm-iv">{formatPercent(expiry.atm_iv)}</span>,
            title: 'Mean of the call and the put at the strike nearest the spot',
          },
          { label: 'Strikes', value: formatCount(expiry.strikes.length) },
          {
            label: 'Calls held',
            value: formatCount(held(expiry.call)),
            title: 'Open interest of all strikes',
          },
          { label: 'Puts held', value: formatCount(held(expiry.put)), title: 'Open interest of all strikes' },
        ]}
      />
      <ChainTable label={`Quotes of ${chain.ticker} for ${expiry.date}`} rows={rows} />
      <p className="muted">
        Snapshot of {formatTime(chain.at)} {zoneName()}, source <code>{chain.source}</code>. Bars show open
        interest; amber shows a wide spread; the tinted half is in the money.
      </p>
    </>
  )
}

function Volatility({ chain, expiry }: { chain: Chain; expiry: Expiry | undefined }) {
  if (expiry === undefined) return null
  const hasSmile = [...expiry.call.iv, ...expiry.put.iv].some((iv) => iv !== null)
  const known = chain.expiries.filter(({ atm_iv }) => atm_iv !== null)
  return (
    <div className="columns stretch">
      <Panel title="Smile" note={<span className="muted">{expiry.date}</span>}>
        {hasSmile ? (
          <SmileChart
            label={`Smile of ${chain.ticker} for ${expiry.date}`}
            strikes={expiry.strikes}
            call={expiry.call.iv}
            put={expiry.put.iv}
            spot={chain.spot}
          />
        ) : (
          <EmptyState title="No volatilities">
            {expiry.days === 0
              ? 'At the instant of expiry only intrinsic value is left.'
              : 'The source could not solve for any.'}
          </EmptyState>
        )}
      </Panel>
      <Panel
        title="Term structure"
        note={<span className="muted">{formatNumber(known.length, 0)} expiries</span>}
      >
        {known.length > 0 ? (
          <TermChart
            label={`Term structure of ${chain.ticker}`}
            points={chain.expiries}
            current={expiry.date}
            onPick={pick}
          />
        ) : (
          <EmptyState title="No volatilities">No expiry of this snapshot has one at the money.</EmptyState>
        )}
      </Panel>
    </div>
  )
}
