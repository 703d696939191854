import type { BacktestRun } from '#renderer/api/types.ts'
import { definitionOf } from '#renderer/components/definition.ts'
import {
  formatCount,
  formatMoney,
  formatNumber,
  formatPercent,
  formatSignedPercent,
} from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { BracketParity, PremiumParity } from '#shared/contract/brackets.ts'
import { type Fact, FactTable } from './fact-table.tsx'

type Premium = NonNullable<NonNullable<BacktestRun['parity']>['premium']>

const parity = BracketParity.properties
const premium = PremiumParity.properties

/** The run's own signals walked through the stops and targets of the policy. */
export function ParityTable({ parity: found }: Pick<BacktestRun, 'parity'>) {
  return (
    <Panel
      title="Behind brackets"
      flush
      definition="The run’s own signals, long and short, walked through the stops, targets and time stop of the policy on the underlying"
      note={
        found !== null && (
          <span className="muted">
            stop {formatNumber(found.atr_mult_stop)} ATR, target {formatNumber(found.atr_mult_target)} ATR
          </span>
        )
      }
    >
      {found === null ? (
        <EmptyState title="No brackets">
          The policy has none, or they cannot be walked on these bars.
        </EmptyState>
      ) : (
        <FactTable label="Parity behind brackets" facts={factsOfBrackets(found)} />
      )}
    </Panel>
  )
}

/** The same signals as option trades; nothing where that was not asked for. */
export function PremiumTable({ parity: found }: Pick<BacktestRun, 'parity'>) {
  if (found?.premium === undefined) return null
  return (
    <Panel
      title="As options"
      flush
      definition="The same signals as bought options of the policy’s selection, calls for long and puts for short ones, one contract each, by full repricing and after spread, slippage and commission"
    >
      {found.premium === null ? (
        <EmptyState title="No option chains">The data has none of this ticker.</EmptyState>
      ) : (
        <FactTable label="Premium profit and loss" facts={factsOfPremium(found.premium)} />
      )}
    </Panel>
  )
}

function factsOfBrackets(found: NonNullable<BacktestRun['parity']>): Fact[] {
  return [
    ['Trades', formatCount(found.trades), definitionOf(parity.trades)],
    ['At target', formatPercent(found.hit_rate), definitionOf(parity.hit_rate)],
    ['Stopped', formatPercent(found.stop_rate), definitionOf(parity.stop_rate)],
    ['Timed out', formatCount(found.timeouts), definitionOf(parity.timeouts)],
    ['Mean move in risk', formatNumber(found.avg_rr), definitionOf(parity.avg_rr)],
    ['Mean return', formatSignedPercent(found.avg_return, 3), definitionOf(parity.avg_return)],
    ['Not entered', formatCount(found.not_entered), definitionOf(parity.not_entered)],
    ['Not closed', formatCount(found.not_closed), definitionOf(parity.not_closed)],
  ]
}

function factsOfPremium(found: Premium): Fact[] {
  return [
    ['Trades', formatCount(found.trades), definitionOf(premium.trades)],
    ['Net of all', formatMoney(found.total_pnl), definitionOf(premium.total_pnl)],
    ['Net of one', formatMoney(found.avg_pnl), definitionOf(premium.avg_pnl)],
    ['Mean return', formatSignedPercent(found.avg_return, 3), definitionOf(premium.avg_return)],
    ['Win rate', formatPercent(found.win_rate), definitionOf(premium.win_rate)],
    ['Costs', formatMoney(found.costs), definitionOf(premium.costs)],
    ['At target', formatPercent(found.hit_rate_target), definitionOf(premium.hit_rate_target)],
    ['Stopped', formatPercent(found.hit_rate_stop), definitionOf(premium.hit_rate_stop)],
    ['Timed out', formatCount(found.timeouts), definitionOf(premium.timeouts)],
    ['Without a contract', formatCount(found.skipped), definitionOf(premium.skipped)],
    ['Not entered', formatCount(found.not_entered), definitionOf(premium.not_entered)],
    ['Not closed', formatCount(found.open), definitionOf(premium.open)],
  ]
}
