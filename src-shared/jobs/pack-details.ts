import { defineJob } from './define.ts'

/** Plain data whose series of numbers may be typed arrays; NaN in them becomes null. */
export type Packed<T> = T extends readonly (number | null)[]
  ? ArrayLike<number>
  : T extends object
    ? { [K in keyof T]: Packed<T[K]> }
    : T

export interface PackedFile {
  /** SHA-256 of the text. */
  sha: string
  /** The text, gzipped. */
  bytes: Uint8Array
}

/** JSON text, its sha and its compressed bytes: with thousands of trades each that takes longer than the run itself. */
export const packDetailsJob = defineJob<{ details: unknown[] }, PackedFile[]>(
  'pack-details',
  'Pack the details of runs',
)
