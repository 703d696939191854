// The part of the protocol-buffers wire format that an ONNX file needs. A message is the concatenation of its fields.

const encoder = new TextEncoder()

/** A varint field; negative integers take ten bytes, as the format asks for int64. */
export function integerField(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)])
}

export function stringField(field: number, text: string): Uint8Array {
  return bytesField(field, encoder.encode(text))
}

/** A length-delimited field: bytes, or an encoded message. */
export function bytesField(field: number, content: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content])
}

/** A packed repeated int64 field. */
export function integersField(field: number, values: ArrayLike<number>): Uint8Array {
  const content: number[] = []
  for (let i = 0; i < values.length; i++) for (const byte of varint(values[i]!)) content.push(byte)
  return bytesField(field, Uint8Array.from(content))
}

export function messageField(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytesField(field, concatBytes(parts))
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function varint(value: number): number[] {
  const out: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  out.push(Number(rest))
  return out
}
