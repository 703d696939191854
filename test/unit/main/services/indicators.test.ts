import { expect, it } from 'vitest'
import { createIndicatorService } from '#main/services/indicators.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'

const service = createIndicatorService()

it('lists every indicator with the columns it gives by default', async () => {
  const { indicators: listed = [] } = await service.list({})
  expect(listed.map(({ name }) => name)).toEqual([...indicators.keys()])
  expect(listed.find(({ name }) => name === 'rsi')).toMatchObject({
    category: 'momentum',
    params: expect.arrayContaining(['period']),
    outputs: ['rsi_14'],
    warmup: 14,
    warmup_unit: 'rows',
    recursive: true,
  })
  for (const { name, outputs, warmup, doc } of listed) {
    expect([name, outputs.length > 0, Number.isInteger(warmup), doc.length > 10]).toEqual([
      name,
      true,
      true,
      true,
    ])
  }
})

it('groups every indicator once by category and subcategory', async () => {
  const { groups = {} } = await service.list({ group: true })
  const names = Object.values(groups).flatMap((parts) => Object.values(parts).flat())
  expect(names.toSorted()).toEqual([...indicators.keys()].toSorted())
})

it('counts them', async () => {
  expect(await service.status()).toEqual({ count: indicators.size, load_errors: [] })
})
