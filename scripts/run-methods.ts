import type { TSchema } from 'typebox'
import { PremiumParity } from '#shared/contract/brackets.ts'
import { OptionSignalRow } from '#shared/contract/option-row.ts'
import { TearSheet } from '#shared/contract/tear-sheet.ts'
import { code, descriptionOf, table } from './markdown.ts'

type Properties = Record<string, TSchema & { anyOf?: TSchema[]; items?: TSchema; properties?: Properties }>

/** What the page of a run shows beyond its figures, part by part. */
export function tearSheetMethods(): string[] {
  return [
    '## Tear sheet of a run',
    'Measured on the daily returns and closed trades that the run kept. Parts of a run that were not kept are null.',
    table(['Part', 'Definition'], defined(TearSheet.properties as Properties, '')),
  ]
}

/** Every property that has a definition, those of lists and parts after their whole. */
function defined(properties: Properties, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const inner = schema.anyOf?.find((each) => 'properties' in each) ?? schema
    const { items = inner } = inner as { items?: TSchema }
    const own = descriptionOf(schema) || descriptionOf(inner)
    const parts = (items as { properties?: Properties }).properties ?? {}
    return [...(own === '' ? [] : [[code(prefix + name), own]]), ...defined(parts, `${prefix}${name}.`)]
  })
}

const optionFigures = [
  'entry_premium_est',
  'stop_premium',
  'break_even',
  'max_loss',
  'max_profit',
  'profit_probability',
] as const

/** What the option screen says of a position. */
export function optionMethods(): string[] {
  return [
    '## Option positions',
    'Premiums are dollars a share; a contract is 100 shares. Values are Black–Scholes–Merton with continuous yield, each leg at the ' +
      'volatility of its own mid, time in seconds over 365 days.',
    table(
      ['Figure', 'Definition'],
      optionFigures.map((name) => [code(name), descriptionOf(OptionSignalRow.properties[name])]),
    ),
    'The probability of profit is N(±d2) at the break-even B of the position bought at its ask, + for calls and − for puts: ' +
      'd2 = (ln(S / B) + (r − q − σ² / 2) · T) / (σ · √T), with S the underlying in the snapshot, r and q as the prices of the chain imply ' +
      'them, σ the volatility of the bought leg, T the years to expiry. It is risk-neutral: what the prices imply, not what has happened ' +
      'before, and it says nothing of stops and targets on the way.',
    'The payoff today is the value of the legs at that instant less the ask paid; at expiry it is what they can be exercised for, less the same.',
    'The premium P&L of a backtest (`parity.premium`) is that of its own signals, each as the overlay of its decision would trade it: ' +
      'one contract, calls for long and puts for short signals, bought and sold at mid and half the spread, a cent of slippage and 0.65 ' +
      'dollars of commission a contract and side, at the volatility of the entry throughout.',
    table(
      ['Figure', 'Definition'],
      Object.entries(PremiumParity.properties).map(([name, each]) => [code(name), descriptionOf(each)]),
    ),
  ]
}
