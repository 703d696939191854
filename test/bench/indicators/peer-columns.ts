import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Where a library of the named folder has its main file; throws ERR_MODULE_NOT_FOUND where it is not installed. */
export function peerPath(peersFolder: unknown, name: string): string {
  const from = typeof peersFolder === 'string' ? join(peersFolder, 'package.json') : import.meta.filename
  try {
    return createRequire(from).resolve(name)
  } catch {
    throw Object.assign(new Error(`${name} is not installed`), { code: 'ERR_MODULE_NOT_FOUND' })
  }
}

export function requirePeer(peersFolder: unknown, name: string): unknown {
  return createRequire(import.meta.filename)(peerPath(peersFolder, name))
}

/** Columns after each other, each ending at the last row and NaN before its first value. */
export function concatColumns(columns: readonly number[] | readonly number[][], rows: number): Float64Array {
  const list = (typeof columns[0] === 'number' ? [columns] : columns) as number[][]
  const all = new Float64Array(list.length * rows).fill(Number.NaN)
  for (const [c, column] of list.entries()) all.set(column, (c + 1) * rows - column.length)
  return all
}
