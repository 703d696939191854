import { expect, it } from 'vitest'
import { sessionClose, sessionDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { MatrixProfile } from '#shared/contract/matrices.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import * as naive from '#test/naive-statistics.ts'
import { isSame, placesOf, valuesOf } from '#test/reply-places.ts'
import { hourlyTimes, tinyMatrix } from '#test/tiny-build.ts'
import { profileMatrix } from '#workers/matrix/profile/profile-matrix.ts'

type Values = (number | string | boolean | null)[]

const isKnown = (value: number) => !Number.isNaN(value)
const known = (value: number) => (Number.isFinite(value) ? value : null)
const missing = (x: ArrayLike<number>) => Array.from(x).filter(Number.isNaN).length / x.length
const shareOf = (x: number[], isBad: (value: number) => boolean) => x.filter(isBad).length / x.length
const rowsOf = ({ ts }: Matrix) => [...ts.keys()]
const volumesOf = (matrix: Matrix) =>
  [matrix.volume, ...named(matrix, ['calls_sold_total', 'contract_oi'])].flatMap((x) =>
    [...x].filter(isKnown),
  )
const ivsOf = (matrix: Matrix) => named(matrix, ['contract_iv']).flatMap((x) => [...x].filter(isKnown))
const named = ({ features, columns }: Matrix, names: string[]) =>
  columns.filter((_, c) => names.includes(features[c]!))
const isRepeated = ({ ts }: Matrix) => rowsOf({ ts } as Matrix).filter((i) => i > 0 && ts[i]! <= ts[i - 1]!)
const isOff = (matrix: Matrix) =>
  rowsOf(matrix).filter((i) => {
    const [ts, session] = [matrix.ts[i]!, matrix.session[i]!]
    return !(sessionOpen[session]! < ts && ts <= sessionClose[session]!)
  })

/** Rows by what they have in common, in the order of the keys. */
function grouped(matrix: Matrix, keys: Int32Array) {
  const distinct = [...new Set(keys)].sort((a, b) => a - b)
  return distinct.map((key) => ({ key, rows: rowsOf(matrix).filter((i) => keys[i] === key) }))
}

function correlations({ columns }: Matrix): Values {
  return columns.flatMap((a) =>
    columns.map((b) => {
      const both = [...a.keys()].filter((i) => isKnown(a[i]!) && isKnown(b[i]!))
      const at = (x: Float64Array) => both.map((i) => x[i]!)
      return both.length < 3 ? null : known(naive.correlation(at(a), at(b)))
    }),
  )
}

/** Column by column and fortieth by fortieth of the rows, columns without a gap left out. */
const gaps = ({ features, columns }: Matrix) =>
  features.flatMap((name, c) => (missing(columns[c]!) > 0 ? [{ name, column: columns[c]! }] : []))
const fortieth = (k: number, rows: number) => Math.floor((k * rows) / 40)

const parts = (x: Float64Array) => {
  const cut = Math.ceil(0.9 * x.length)
  return [x.slice(0, cut), x.slice(cut)].map((part) => [...part].filter(isKnown)) as [number[], number[]]
}
const targetParts = (matrix: Matrix) => parts(matrix.retFwd)
function shiftOf(x: Float64Array): number | null {
  const [head, tail] = parts(x)
  return known((naive.mean(tail) - naive.mean(head)) / naive.deviation(head))
}
function psiOf(x: Float64Array): number | null {
  const [head, tail] = parts(x)
  const isTooLittle = head.length < 20 || tail.length < 20 || new Set(head).size < 2
  return isTooLittle ? null : naive.stability(head, tail)
}

/** The last rows up to every sixtieth, as many as a tenth of all. */
function windows({ rows, retFwd, session }: Matrix) {
  const ends = Array.from({ length: rows + 1 }, (_, end) => end).filter(
    (end) => end >= Math.floor(rows / 10) && (end - Math.floor(rows / 10)) % Math.floor(rows / 60) === 0,
  )
  return ends.map((end) => ({
    date: sessionDate(session[end - 1]!),
    values: [...retFwd.slice(end - Math.floor(rows / 10), end)].filter(isKnown),
  }))
}

/** Each figure of a profile once more, by its definition; names are places in the reply. */
const secondProfile: Record<string, (matrix: Matrix) => Values> = {
  rows: ({ ts }) => [ts.length],
  features: ({ columns }) => [columns.length],
  label_balance: ({ classes, y }) => [
    [...classes, 'unlabelled']
      .map((name, c) => `${name} ${y.filter((each) => each === (c < 3 ? c : -1)).length}`)
      .join(),
  ],
  nan_pct: ({ columns }) => [missing(columns.flatMap((x) => [...x]))],
  'nan_stats[].column': ({ features }) => features,
  'nan_stats[].nan_pct': ({ columns }) => columns.map(missing),
  'qa.monotonic_time.ok': (matrix) => [isRepeated(matrix).length === 0],
  'qa.monotonic_time.violations': (matrix) => [isRepeated(matrix).length],
  'qa.non_negative_vol.ok': (matrix) => [volumesOf(matrix).every((v) => v >= 0)],
  'qa.non_negative_vol.neg_pct': (matrix) => [shareOf(volumesOf(matrix), (v) => v < 0)],
  'qa.non_negative_vol.checked': (matrix) => [volumesOf(matrix).length],
  'qa.session_alignment.ok': (matrix) => [isOff(matrix).length === 0],
  'qa.session_alignment.off_pct': (matrix) => [isOff(matrix).length / matrix.ts.length],
  'qa.iv_sanity.ok': (matrix) => [ivsOf(matrix).every((v) => v > 0 && v <= 5)],
  'qa.iv_sanity.out_of_range_pct': (matrix) => [shareOf(ivsOf(matrix), (v) => !(v > 0 && v <= 5))],
  'qa.iv_sanity.checked': (matrix) => [ivsOf(matrix).length],
  'qa.nan.warn[]': ({ features, columns }) =>
    features.filter((_, c) => missing(columns[c]!) >= 0.1 && missing(columns[c]!) < 0.3),
  'qa.nan.fail[]': ({ features, columns }) => features.filter((_, c) => missing(columns[c]!) >= 0.3),
  'coverage_by_hour[].hour': (matrix) => grouped(matrix, matrix.hourEt).map(({ key }) => key),
  'coverage_by_hour[].rows': (matrix) => grouped(matrix, matrix.hourEt).map(({ rows }) => rows.length),
  'coverage_by_hour[].labelled': (matrix) =>
    grouped(matrix, matrix.hourEt).map(({ rows }) => rows.filter((i) => matrix.y[i]! >= 0).length),
  'coverage_by_day[].date': (matrix) => grouped(matrix, matrix.session).map(({ key }) => sessionDate(key)),
  'coverage_by_day[].rows': (matrix) => grouped(matrix, matrix.session).map(({ rows }) => rows.length),
  'correlation.columns[]': ({ features }) => features,
  'correlation.values[][]': correlations,
  'missing_map.bins[]': ({ rows, session }) =>
    Array.from({ length: 40 }, (_, k) => sessionDate(session[fortieth(k, rows)]!)),
  'missing_map.columns[]': (matrix) => gaps(matrix).map(({ name }) => name),
  'missing_map.share[][]': (matrix) =>
    gaps(matrix).flatMap(({ column }) =>
      Array.from({ length: 40 }, (_, k) =>
        missing(column.slice(fortieth(k, matrix.rows), fortieth(k + 1, matrix.rows))),
      ),
    ),
  'drift_summary.target.mean_head': (matrix) => [naive.mean(targetParts(matrix)[0])],
  'drift_summary.target.mean_tail': (matrix) => [naive.mean(targetParts(matrix)[1])],
  'drift_summary.target.std_head': (matrix) => [naive.deviation(targetParts(matrix)[0])],
  'drift_summary.target.std_tail': (matrix) => [naive.deviation(targetParts(matrix)[1])],
  'drift_summary.columns[].column': ({ features }) => features,
  'drift_summary.columns[].psi': ({ columns }) => columns.map(psiOf),
  'drift_summary.columns[].mean_shift_in_std': ({ columns }) => columns.map(shiftOf),
  'drift_summary.rolling[].date': (matrix) => windows(matrix).map(({ date }) => date),
  'drift_summary.rolling[].target_mean': (matrix) => windows(matrix).map(({ values }) => naive.mean(values)),
  'drift_summary.rolling[].target_std': (matrix) =>
    windows(matrix).map(({ values }) => naive.deviation(values)),
}

function randomMatrix(seed: number): Matrix {
  const times = hourlyTimes(60 + 10 * seed)
  const random = createRandom(seed)
  const gappy = (share: number, draw: (i: number) => number) =>
    Float64Array.from(times, (_, i) => (random.next() < share ? Number.NaN : draw(i)))
  const base = gappy(0.02, () => random.nextGaussian())
  const ts = Float64Array.from(times, (each) => each.ts)
  for (const i of [20, 77]) ts[i] = ts[i - 1]!
  const last = times.length - 1
  ts[last]! += seed % 2 === 0 ? 60_000 : 0
  const columns = {
    base,
    alike: base.map((x, i) => (i % 9 === 0 ? Number.NaN : x + 0.3 * random.nextGaussian())),
    drifting: gappy(0.15, (i) => random.nextGaussian() + i / 100),
    few: gappy(0.97, () => random.next()),
    levels: gappy(0, () => random.nextInt(3)),
    constant: gappy(0.4, () => 7),
    calls_sold_total: gappy(0.1, () => random.nextInt(40) - 1),
    contract_iv: gappy(0.1, () => 5.3 * random.next() - 0.1),
  }
  return tinyMatrix(columns, {
    ...{ cadence: 'hourly', ts, retFwd: gappy(0.1, () => 0.01 * random.nextGaussian()) },
    hourEt: Int32Array.from(times, ({ hour }) => hour),
    session: Int32Array.from(times, ({ session }) => session),
    y: Int8Array.from(times, () => random.nextInt(4) - 1),
    volume: gappy(0, () => random.nextInt(1000)),
  })
}

// The scan finds the flags; the profile hands them on.
const places = placesOf(MatrixProfile).filter((place) => !place.startsWith('leakage_flags'))

it('every figure of the profile of a matrix has a second computation', () => {
  expect(Object.keys(secondProfile).sort()).toEqual([...places].sort())
})

it('every figure of the profile of a matrix agrees with its second computation on random ones', () => {
  for (let seed = 0; seed < 3; seed++) {
    const matrix = randomMatrix(seed)
    const profile = profileMatrix(matrix, [])
    const balance = Object.entries(profile.label_balance).map(([name, count]) => `${name} ${count}`)
    const given = valuesOf({ ...profile, label_balance: balance.join() })
    for (const place of places) {
      const [first, second] = [given.get(place) ?? [], secondProfile[place]!(matrix)]
      expect(first.length, `${seed} ${place}`).toBe(second.length)
      second.forEach((value, i) => {
        const where = `${seed} ${place} ${i} is ${first[i]}, by its definition ${value}`
        expect(isSame(first[i], value), where).toBe(true)
      })
    }
  }
})
