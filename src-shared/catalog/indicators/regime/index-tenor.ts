import { Type } from 'typebox'
import type { IndexLevels } from '../define.ts'

const columnByName = {
  'I:VIX9D': 'vix9d',
  'I:VIX': 'vix',
  'I:VIX3M': 'vix3m',
  'I:VIX6M': 'vix6m',
  '9d': 'vix9d',
  '1m': 'vix',
  '3m': 'vix3m',
  '6m': 'vix6m',
} as const satisfies Record<string, keyof IndexLevels>

const tenorByColumn = { vix9d: '9d', vix: '1m', vix3m: '3m', vix6m: '6m' } as const

/** A volatility index by ticker or by tenor. */
type IndexName = keyof typeof columnByName

export const tenorParam = (fallback: IndexName) =>
  Type.Enum(Object.keys(columnByName) as IndexName[], { default: fallback })

/** The column of `IndexLevels` that holds an index. */
export const indexColumn = (name: IndexName): keyof IndexLevels => columnByName[name]

/** The tenor of an index as column names spell it: `9d`, `1m`, `3m`, `6m`. */
export const indexTenor = (name: IndexName): string => tenorByColumn[columnByName[name]]
