import fc from 'fast-check'
import { expect, it } from 'vitest'
import { notANumber, readNumber } from '#main/services/data-import/read-number.ts'

const read = (text: string, decimal = '.') =>
  readNumber(Buffer.from(text), 0, Buffer.byteLength(text), decimal)

it.each([
  ['470.25', 470.25],
  ['.5', 0.5],
  ['-12', -12],
  ['+3.0', 3],
  ['1.5e3', 1500],
  ['0.1234567890123456789', Number('0.1234567890123456789')],
  ['123456789012345678', Number('123456789012345678')],
])('reads %s as JavaScript does', (text, value) => expect(read(text)).toBe(value))

it.each(['', 'NaN', 'null', 'N/A', '-'])('takes %j for a missing value', (text) =>
  expect(read(text)).toBeNaN(),
)

it.each(['abc', '1,234.5', '1.2.3', '12 3', '0x10', 'Infinity', '1e999x', '.', '-.'])('refuses %s', (text) =>
  expect(read(text)).toBe(notANumber),
)

it('reads decimal commas, and then takes no dot for one', () => {
  expect(read('470,25', ',')).toBe(470.25)
  expect(read('470', ',')).toBe(470)
  expect(read('1.470,25', ',')).toBe(notANumber)
})

it('reads every number that JavaScript writes to the last bit', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0))
  fc.assert(
    fc.property(finite, (x) => Object.is(read(String(x)), x)),
    { seed: 7 },
  )
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 6 }), (x, places) => {
      const text = (x / 10 ** places).toFixed(places)
      return read(text) === Number(text)
    }),
    { seed: 7 },
  )
})
