import { describe, expect, it } from 'vitest'
import {
  formatBps,
  formatBytes,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPlural,
  formatR,
  formatSignedPercent,
  formatTiny,
  humanize,
  MISSING,
} from '#renderer/components/format.ts'

describe('numbers on screen', () => {
  it('shows a fraction as percent', () => {
    expect(formatPercent(0.1234)).toBe('12.3%')
    expect(formatPercent(-0.5, 0)).toBe('−50%')
  })

  it('always signs a return that is not zero', () => {
    expect(formatSignedPercent(0.0312)).toBe('+3.1%')
    expect(formatSignedPercent(-0.0312)).toBe('−3.1%')
    expect(formatSignedPercent(0)).toBe('0.0%')
    expect(formatSignedPercent(-0)).toBe('0.0%')
  })

  it('gives a small figure the decimals that it takes to see it', () => {
    expect(formatPercent(-0.0004)).toBe('−0.04%')
    expect(formatPercent(0.004, 0)).toBe('0.4%')
    expect(formatSignedPercent(-0.000_002)).toBe('−0.0002%')
    expect(formatSignedPercent(0.0002)).toBe('+0.02%')
    expect(formatNumber(-0.0041)).toBe('−0.004')
    expect(formatBps(-0.002)).toBe('−0.002 bps')
    expect(formatR(-0.0012)).toBe('−0.001 R')
    expect(formatMoney(-0.004)).toBe('−$0.004')
    // Rounded up it is seen with the decimals that are usual.
    expect(formatPercent(-0.0005)).toBe('−0.1%')
  })

  it('puts what is smaller still beside the least that would be seen', () => {
    expect(formatPercent(-1e-12)).toBe('>−0.00001%')
    expect(formatSignedPercent(1e-12)).toBe('<+0.00001%')
    expect(formatMoney(-1e-12)).toBe('>−$0.000001')
    expect(formatR(1e-12)).toBe('<0.000001 R')
  })

  it.each([
    ['formatNumber', formatNumber],
    ['formatPercent', formatPercent],
    ['formatSignedPercent', formatSignedPercent],
    ['formatBps', formatBps],
    ['formatR', formatR],
    ['formatMoney', formatMoney],
    ['formatTiny', formatTiny],
  ])('%s never shows a loss as zero or without its sign, nor zero with one', (_name, format) => {
    for (let power = -18; power <= 3; power += 0.25) {
      const loss = format(-(10 ** power))
      expect(loss).toMatch(/[1-9]/)
      expect(loss).toMatch(/^>?−/)
      expect(format(10 ** power)).not.toMatch(/^[<>]?−/)
    }
    expect(format(0)).toBe(format(-0))
    expect(format(-0)).not.toMatch(/[1-9−+<>]/)
  })

  it('shows what is missing as a dash, never as zero', () => {
    for (const format of [
      formatNumber,
      formatPercent,
      formatSignedPercent,
      formatBps,
      formatR,
      formatMoney,
      formatBytes,
      formatTiny,
    ]) {
      for (const missing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
        expect(format(missing)).toBe(MISSING)
    }
  })

  it('shows zero as zero', () => {
    expect(formatNumber(0)).toBe('0.00')
    expect(formatNumber(-0)).toBe('0.00')
    expect(formatPercent(0)).toBe('0.0%')
    expect(formatTiny(0)).toBe('0')
  })

  it('groups thousands and uses a true minus', () => {
    expect(formatNumber(-1234.5)).toBe('−1,234.50')
    expect(formatMoney(-588.2)).toBe('−$588.20')
    expect(formatPlural(12_345, 'row')).toBe('12,345 rows')
    expect(formatPlural(1, 'row')).toBe('1 row')
  })

  it('names units', () => {
    expect(formatBps(3.42)).toBe('3.4 bps')
    expect(formatR(1)).toBe('1.0 R')
    expect(formatR(0.25)).toBe('0.25 R')
    expect(formatBytes(41_200_000_000)).toBe('41.2 GB')
    expect(formatBytes(512)).toBe('512 B')
    expect(formatTiny(4.4e-16)).toBe('4.4e−16')
    expect(formatTiny(-4.4e-16)).toBe('−4.4e−16')
  })

  it('turns a machine word into a phrase', () => {
    expect(humanize('max_dd_exceeded')).toBe('Max dd exceeded')
  })
})
