import { closeToOpen } from './close-to-open.ts'
import type { Label } from './define.ts'
import { fwdRet } from './fwd-ret.ts'
import { headfakeReversal } from './headfake-reversal.ts'
import { nextBarUpdown } from './next-bar-updown.ts'
import { none } from './none.ts'
import { pinDrift } from './pin-drift.ts'
import { tripleBarrier } from './triple-barrier.ts'

/** Every label by id. A new one is one file and one line here. */
export const labels: ReadonlyMap<string, Label> = new Map(
  [nextBarUpdown, fwdRet, closeToOpen, headfakeReversal, pinDrift, tripleBarrier, none].map((label) => [
    label.id,
    label,
  ]),
)
