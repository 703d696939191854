/** Doubles as a BLOB column stores them. */
export function bytesOfDoubles({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

export function doublesOfBytes(bytes: Uint8Array): Float64Array {
  // Sliced: a pooled buffer may start at an offset that is not a multiple of eight.
  return new Float64Array(bytes.slice().buffer)
}
