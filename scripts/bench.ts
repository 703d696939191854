// `npm run bench [-- --quick]`: each case against a plain way to the same values, in turn, so that only ratios count.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BenchCase, benchCases } from '../test/bench/cases.ts'

const isQuick = process.argv.includes('--quick')
const pairs = isQuick ? 5 : 9
const results = benchCases(isQuick).map(measure)

console.log(
  'Each line: our time, the plain way’s time, and plain / ours pair by pair (above 1 is faster). Machines are noisy: read the ratio.\n',
)
for (const { name, reference, oursMs, plainMs, ratio, rate, deviation } of results) {
  console.log(name)
  console.log(`  against  ${reference}`)
  console.log(
    `  ours ${oursMs.toFixed(2)} ms, plain ${plainMs.toFixed(2)} ms, ratio ${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}), ${rate}`,
  )
  console.log(`  largest deviation ${deviation.toExponential(1)}\n`)
}
const folder = join(import.meta.dirname, '..', '.cache')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(results, null, 2)}\n`)
console.log('Figures: .cache/bench.json')

function measure({ name, reference, unit, work, ours, plain, deviation }: BenchCase) {
  ours()
  plain()
  const times = Array.from({ length: pairs }, () => ({
    ours: milliseconds(ours),
    plain: milliseconds(plain),
  }))
  const ratios = times.map((pair) => pair.plain / pair.ours).sort((a, b) => a - b)
  const oursMs = median(times.map((pair) => pair.ours))
  return {
    name,
    reference,
    pairs,
    oursMs,
    plainMs: median(times.map((pair) => pair.plain)),
    ratio: { median: median(ratios), min: ratios[0]!, max: ratios[ratios.length - 1]! },
    rate: `${Math.round((work / oursMs) * 1000).toLocaleString('en-US')} ${unit} a second`,
    deviation: deviation(),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

function milliseconds(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
