import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '#shared/kernels/random.ts'

const names = ['open', 'high', 'low', 'close', 'volume'] as const
export type Bars = Record<(typeof names)[number], Float64Array>

/** Bars of a random walk, prices in whole cents. */
export function makeBars(count: number, seed: number): Bars {
  const random = createRandom(seed)
  const cents = (price: number) => Math.round(price * 100) / 100
  const bars = Object.fromEntries(names.map((name) => [name, new Float64Array(count)])) as Bars
  let price = 100
  for (let i = 0; i < count; i++) {
    const open = cents(price)
    price *= Math.exp(0.002 * random.nextGaussian() - 0.002 * Math.log(price / 100) * 0.01)
    const close = cents(price)
    bars.open[i] = open
    bars.close[i] = close
    bars.high[i] = Math.max(open, close) + cents(0.1 * random.next())
    bars.low[i] = Math.min(open, close) - cents(0.1 * random.next())
    bars.volume[i] = Math.round(1000 * Math.exp(random.nextGaussian()))
  }
  return bars
}

/** One file of Float64, little-endian, a column after the other. */
export function writeBars(folder: string, bars: Bars): void {
  writeFileSync(
    join(folder, 'bars.f64'),
    Buffer.concat(names.map((name) => new Uint8Array(bars[name].buffer))),
  )
}

export function readBars(folder: string): Bars {
  const bytes = readFileSync(join(folder, 'bars.f64'))
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const count = all.length / names.length
  return Object.fromEntries(names.map((name, c) => [name, all.slice(c * count, (c + 1) * count)])) as Bars
}
