import { Type } from 'typebox'
import { cadences } from '#shared/contract/models.ts'
import { defineLabel } from './define.ts'
import { clearLabels } from './forward-label.ts'

/** For rule scanners, which rank the newest rows and learn nothing. */
export const none = defineLabel({
  id: 'none',
  title: 'No label',
  doc: 'Rows without a target: scanners.',
  source: 'Sigma Lab',
  params: Type.Object({}),
  classes: () => [],
  horizonBars: () => 1,
  cadences: () => cadences,
  life: () => null,
  entry: 'next_open',
  compute: (_input, _params, out) => clearLabels(out),
})
