import type { LabelOutput } from '#shared/catalog/labels/define.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BuildMatrixInput } from '#shared/jobs/build-matrix.ts'

/** Labels every bar of the timeline, before any hour is left out. */
export function labelBars(build: BuildMatrixInput): LabelOutput & { classes: string[] } {
  const label = labels.get(build.label.id)
  if (!label) throw new SigmaError('INVALID_PARAM', `unknown label ${build.label.id}`)
  const { trueBars, bars, hourEt, cadence, sessionClose, nextSessionOpen } = build
  const rows = bars.length
  const out: LabelOutput = {
    y: new Int8Array(rows).fill(-1),
    ret: new Float64Array(rows).fill(Number.NaN),
    t1: new Float64Array(rows).fill(Number.NaN),
    exit: new Int32Array(rows).fill(-1),
  }
  label.compute(
    {
      rows,
      cadence,
      ts: bars.ts,
      session: bars.session,
      sessionClose,
      nextSessionOpen,
      hourEt,
      open: trueBars.open,
      high: trueBars.high,
      low: trueBars.low,
      close: trueBars.close,
    },
    build.label.params,
    out,
  )
  return { ...out, classes: [...label.classes(build.label.params)] }
}
