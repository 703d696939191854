import { Type } from 'typebox'
import { sessionVwap } from '#shared/kernels/session-vwap.ts'
import { defineIndicator } from '../define.ts'
import { columnParam } from '../params.ts'

export const intradayVwap = defineIndicator({
  id: 'intraday_vwap',
  title: 'Session VWAP',
  doc: 'Average price paid since the session opened. Daily rows use the day’s 5-minute bars, else the bar’s own vwap or typical price.',
  category: 'volume',
  subcategory: 'vwap',
  source: 'Berkowitz, Logue & Noser, The Total Cost of Transactions on the NYSE (1988)',
  params: Type.Object({
    price_col: columnParam('vwap'),
    volume_col: Type.Enum(['volume'], { default: 'volume' }),
  }),
  inputs: ({ price_col, volume_col }) =>
    price_col === 'vwap'
      ? ['high', 'low', 'close', volume_col, 'vwap', 'time', 'intraday']
      : [price_col, volume_col, 'time', 'intraday'],
  outputs: ({ price_col }) => [`vwap_intraday${price_col === 'vwap' ? '' : `_${price_col}`}`],
  warmup: () => 0,
  compute: (input, { price_col }, [out]) => sessionVwap(input, price_col, out!),
})
