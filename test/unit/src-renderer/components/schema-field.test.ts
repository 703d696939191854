import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { type FieldSchema, fieldOf, readField } from '#renderer/components/schema-field.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { ModelConfig } from '#shared/catalog/packs/model-config.ts'
import { IsoDate } from '#shared/contract/schemas.ts'

const field = (schema: unknown) => fieldOf(schema as FieldSchema)

describe('the input of a schema', () => {
  it('is a number within its range', () => {
    expect(field(Type.Integer({ minimum: 2, maximum: 5000 }))).toMatchObject({
      kind: 'number',
      range: '2 to 5,000',
    })
    expect(field(Type.Number({ exclusiveMinimum: 0, maximum: 1 }))).toMatchObject({ range: 'above 0 to 1' })
    expect(field(Type.Number({ minimum: 0.25 }))).toMatchObject({ range: 'from 0.25' })
    expect(field(Type.Number())).toMatchObject({ range: '' })
  })

  it('is a choice of texts, an on or off, a date or a text', () => {
    expect(field(Type.Unsafe({ type: 'string', enum: ['a', 'b'] }))).toMatchObject({
      kind: 'choice',
      values: ['a', 'b'],
    })
    expect(field(Type.Union([Type.Literal('a'), Type.Literal('b')]))).toMatchObject({ values: ['a', 'b'] })
    expect(field(Type.Boolean())).toMatchObject({ kind: 'flag' })
    expect(field(IsoDate)).toMatchObject({ kind: 'date' })
    expect(field(Type.String())).toMatchObject({ kind: 'text' })
  })

  it('may be nothing where null is allowed', () => {
    const nullable = Type.Union([Type.Integer({ minimum: 1 }), Type.Null()])
    expect(field(nullable)).toMatchObject({ kind: 'number', nullable: true, range: 'from 1' })
  })

  it('is there for every parameter of every indicator and label that can be anything but one value', () => {
    const schemas = [...indicators.values(), ...labels.values()].flatMap(({ id, params }) =>
      Object.entries(params.properties).map(([name, schema]) => [`${id} ${name}`, schema] as const),
    )
    expect(schemas.length).toBeGreaterThan(150)
    const without = schemas.filter(([, schema]) => ['other', 'group'].includes(field(schema).kind))
    // It can only be 5: there is nothing to choose.
    expect(without.map(([name]) => name)).toEqual(['iv_skew_25d strike_band'])
  })

  it('is there for everything a model config may say but features and label, which have inputs of their own', () => {
    const other = Object.entries(ModelConfig.properties).filter(
      ([, schema]) => field(schema).kind === 'other',
    )
    expect(other.map(([name]) => name).toSorted()).toEqual(['features', 'label'])
  })
})

describe('what is typed', () => {
  const period = field(Type.Integer({ minimum: 2, maximum: 50 }))

  it('is read as the schema wants it, a decimal comma too', () => {
    expect(readField(period, ' 14 ')).toEqual({ value: 14 })
    expect(readField(field(Type.Number()), '0,5')).toEqual({ value: 0.5 })
    expect(readField(field(Type.Boolean()), 'false')).toEqual({ value: false })
  })

  it('leaves the default where it is empty', () => {
    expect(readField(period, '')).toEqual({ value: null })
  })

  it('is refused with what would do', () => {
    for (const text of ['1', '51', '2.5', 'x', 'Infinity'])
      expect(readField(period, text)).toEqual({ problem: 'a whole number, 2 to 50' })
    expect(readField(field(Type.Number({ exclusiveMinimum: 0 })), '0')).toHaveProperty('problem')
  })
})
