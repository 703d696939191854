import { sessionClose, sessionOpen } from '#shared/calendar/sessions.ts'
import type { Matrix, QaReport } from '#shared/jobs/matrix-types.ts'

const NAN_WARN = 0.1
const NAN_FAIL = 0.3
const MAX_IV = 5

/** The checks of the contract: order of time, volumes and open interest not below 0, rows inside their session, 0 < IV ≤ 5. */
export function reportQa(matrix: Matrix, nanStats: { column: string; nan_pct: number }[]): QaReport {
  let violations = 0
  let off = 0
  for (let row = 0; row < matrix.rows; row++) {
    if (row > 0 && matrix.ts[row]! <= matrix.ts[row - 1]!) violations++
    const session = matrix.session[row]!
    const inSession = matrix.ts[row]! > sessionOpen[session]! && matrix.ts[row]! <= sessionClose[session]!
    if (!inSession) off++
  }
  const volumes = [matrix.volume, ...columnsNamed(matrix, isVolumeColumn)]
  const ivs = columnsNamed(matrix, isIvColumn)
  const negative = share(volumes, (v) => v < 0)
  const outOfRange = share(ivs, (v) => v <= 0 || v > MAX_IV)
  return {
    monotonic_time: { ok: violations === 0, violations },
    non_negative_vol: { ok: negative.bad === 0, neg_pct: negative.share, checked: negative.checked },
    session_alignment: { ok: off === 0, off_pct: matrix.rows ? off / matrix.rows : 0 },
    iv_sanity: { ok: outOfRange.bad === 0, out_of_range_pct: outOfRange.share, checked: outOfRange.checked },
    nan: {
      warn: nanStats.filter(({ nan_pct: n }) => n >= NAN_WARN && n < NAN_FAIL).map(({ column }) => column),
      fail: nanStats.filter(({ nan_pct: n }) => n >= NAN_FAIL).map(({ column }) => column),
    },
  }
}

/** Contract counts, not columns that merely contain "vol" (volatility, z-scores). */
function isVolumeColumn(name: string): boolean {
  return /^(calls|puts)_(sold|premium)_(d-?\d+|total)$|^atm_(calls|puts)$|^contract_(oi|volume)$/.test(name)
}

/** Levels of implied volatility, not their spreads, slopes, ranks or z-scores. */
function isIvColumn(name: string): boolean {
  return /^(contract_iv|atm_iv_eod|iv_?30(_\w+)?)$/.test(name)
}

function columnsNamed(matrix: Matrix, wanted: (name: string) => boolean): Float64Array[] {
  return matrix.columns.filter((_, i) => wanted(matrix.features[i]!))
}

function share(columns: Float64Array[], isBad: (value: number) => boolean) {
  let bad = 0
  let checked = 0
  for (const column of columns) {
    for (const value of column) {
      if (Number.isNaN(value)) continue
      checked++
      if (isBad(value)) bad++
    }
  }
  return { bad, checked, share: checked ? bad / checked : 0 }
}
