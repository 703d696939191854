import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { expiryEnd, firstOpenQuote } from './find-expiry.ts'
import { measureRows } from './measure-snapshots.ts'
import { sumSide } from './open-interest.ts'
import { ownSnapshots } from './row-snapshots.ts'

export const pcrOi = defineIndicator({
  id: 'pcr_oi',
  title: 'Put/call open interest',
  doc: 'Puts held per call held of the nearest expiry; empty where no call is held.',
  category: 'options',
  subcategory: 'open_interest',
  source: 'Put open interest / call open interest, nearest open expiry',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: () => ['pcr_oi'],
  warmup: () => 0,
  compute: (input, _params, [out]) => {
    measureRows(
      input.chain!,
      ownSnapshots(input),
      (chain, snapshot) => {
        const from = firstOpenQuote(chain, snapshot)
        const end = expiryEnd(chain, snapshot, from)
        const calls = sumSide(chain, from, end, true)
        return calls > 0 ? sumSide(chain, from, end, false) / calls : Number.NaN
      },
      out!,
    )
  },
})
