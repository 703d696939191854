import { describe, expect, it } from 'vitest'
import { fitRobustScaler, scaleColumns } from '#workers/scaling/robust-scaler.ts'

describe('the robust scaler', () => {
  it('takes median and interquartile range over known values, and 1 where the range is 0', () => {
    const columns = [
      Float64Array.of(5, Number.NaN, 1, 2, 4, 3),
      Float64Array.of(7, 7, 7, 7, 7, 9),
      new Float64Array(6).fill(Number.NaN),
    ]
    const scaler = fitRobustScaler(columns)
    expect([...scaler.center]).toEqual([3, 7, 0])
    expect([...scaler.scale]).toEqual([2, 1, 1])
    const [first, second, third] = scaleColumns(scaler, columns, Int32Array.of(0, 1, 5))
    expect([...first!]).toEqual([1, Number.NaN, 0])
    expect([...second!]).toEqual([0, 0, 2])
    expect([...third!]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })
})
