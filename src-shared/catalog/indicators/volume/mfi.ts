import { Type } from 'typebox'
import { rollingSum } from '#shared/kernels/rolling-mean.ts'
import { typicalPrice } from '#shared/kernels/typical-price.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const mfi = defineIndicator({
  id: 'mfi',
  title: 'Money flow index',
  doc: 'RSI of money: share of traded value on rising typical prices, 0 to 100; 100 without falls, 50 without moves.',
  category: 'volume',
  subcategory: 'money_flow',
  source: 'Quong & Soudack, Volume-Weighted RSI: Money Flow, TASC 7:3 (1989)',
  params: Type.Object({ period: barsParam(14) }),
  inputs: () => ['high', 'low', 'close', 'volume'],
  outputs: ({ period }) => [`mfi_${period}`],
  warmup: ({ period }) => period,
  compute: (input, { period }, [out]) => {
    const { volume, rows } = input
    const price = new Float64Array(rows)
    const rising = new Float64Array(rows)
    const falling = new Float64Array(rows)
    const fallingSum = new Float64Array(rows)
    typicalPrice(input, price)
    rising.fill(Number.NaN, 0, 1)
    falling.fill(Number.NaN, 0, 1)
    for (let i = 1; i < rows; i++) {
      const money = price[i]! * volume[i]!
      if (price[i]! > price[i - 1]!) rising[i] = money
      else if (price[i]! < price[i - 1]!) falling[i] = money
      else if (Number.isNaN(price[i]! - price[i - 1]!)) rising[i] = Number.NaN
    }
    rollingSum(rising, period, out!)
    rollingSum(falling, period, fallingSum)
    for (let i = 0; i < rows; i++) {
      const total = out![i]! + fallingSum[i]!
      out![i] = total === 0 ? 50 : (100 * out![i]!) / total
    }
  },
})
