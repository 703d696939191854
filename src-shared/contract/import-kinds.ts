import { type Static, type TOptional, type TString, Type } from 'typebox'

const times = ['ts', 'date', 'time'] as const
const contract = ['contract', 'strike', 'right', 'expiry', 'ticker'] as const

/** What a file can hold, and the fields of each that its columns may fill. */
export const importKinds = {
  bars: { fields: [...times, 'open', 'high', 'low', 'close', 'volume', 'vwap', 'ticker'] },
  index: { fields: ['date', 'ts', 'vix', 'vix9d', 'vix3m', 'vix6m', 'close', 'ticker'] },
  option_minutes: {
    fields: [...times, ...contract, 'volume', 'vwap', 'high', 'low', 'close', 'transactions'],
  },
  chain: {
    fields: [
      ...[...times, ...contract, 'spot', 'bid', 'ask', 'volume', 'open_interest'],
      ...['iv', 'delta', 'gamma'],
    ],
  },
} as const satisfies Record<string, { fields: readonly string[] }>

export type ImportKindId = keyof typeof importKinds
export type ImportField = (typeof importKinds)[ImportKindId]['fields'][number]
export const importKindIds = Object.keys(importKinds) as ImportKindId[]

const names = [...new Set(Object.values(importKinds).flatMap(({ fields }): readonly ImportField[] => fields))]
const column = Type.Optional(Type.String({ maxLength: 200 }))

/** Which column of the file holds what; columns left out are found by their usual names. */
export const ColumnMapping = Type.Object(
  Object.fromEntries(names.map((name) => [name, column])) as Record<ImportField, TOptional<TString>>,
  {
    additionalProperties: false,
    description: 'Column of the file for each field; an empty text leaves the field without one',
  },
)
export type ColumnMapping = Static<typeof ColumnMapping>
