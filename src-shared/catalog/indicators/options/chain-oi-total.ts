import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { firstOpenQuote } from './find-expiry.ts'
import { measureRows } from './measure-snapshots.ts'
import { sumOpenInterest } from './open-interest.ts'
import { ownSnapshots } from './row-snapshots.ts'

export const chainOiTotal = defineIndicator({
  id: 'chain_oi_total',
  title: 'Open interest of the chain',
  doc: 'Contracts held over all expiries still open.',
  category: 'options',
  subcategory: 'open_interest',
  source: 'Sum of open interest over calls and puts of every open expiry',
  params: Type.Object({ underlying: underlyingParam() }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: () => ['chain_oi_total'],
  warmup: () => 0,
  compute: (input, _params, [out]) => {
    measureRows(
      input.chain!,
      ownSnapshots(input),
      (chain, snapshot) =>
        sumOpenInterest(chain, firstOpenQuote(chain, snapshot), chain.offset[snapshot + 1]!),
      out!,
    )
  },
})
