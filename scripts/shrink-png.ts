import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE_BYTES = 8
/** Bytes of a pixel by colour type: without and with transparency. */
const pixelBytes: Record<number, number> = { 2: 3, 6: 4 }

/** The same picture, packed for size; browsers pack theirs for speed. */
export function shrinkPng(png: Buffer): Buffer {
  const kept: Buffer[] = []
  const packed: Buffer[] = []
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const end = at + 12 + png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(png.subarray(at + 8, end - 4))
    else kept.push(png.subarray(at, end))
    at = end
  }
  const [header] = kept
  const bytes = header === undefined ? undefined : pixelBytes[header.readUInt8(17)]
  const isPlain = header?.readUInt8(16) === 8 && header.readUInt8(20) === 0
  if (header === undefined || bytes === undefined || !isPlain) return png
  const lines = unfilter(inflateSync(Buffer.concat(packed)), 1 + header.readUInt32BE(8) * bytes, bytes)
  // Screens are flat: unfiltered lines repeat, which filtered ones do not.
  const smaller = Buffer.concat([
    png.subarray(0, SIGNATURE_BYTES),
    ...kept.slice(0, -1),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    ...kept.slice(-1),
  ])
  return smaller.length < png.length ? smaller : png
}

/** Takes the filters of PNG (RFC 2083, section 6) off in place; each line begins with the byte that names its own. */
function unfilter(lines: Buffer, lineBytes: number, pixel: number): Buffer {
  for (let start = 0; start < lines.length; start += lineBytes) {
    const filter = lines[start]
    lines[start] = 0
    for (let i = start + 1; i < start + lineBytes; i++) {
      const left = i - pixel > start ? lines[i - pixel]! : 0
      const up = start > 0 ? lines[i - lineBytes]! : 0
      const corner = start > 0 && i - pixel > start ? lines[i - lineBytes - pixel]! : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      lines[i] = (lines[i]! + guess) & 255
    }
  }
  return lines
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
