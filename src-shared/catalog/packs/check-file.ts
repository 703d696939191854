import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { didYouMean } from '#shared/errors.ts'

/** What is wrong with a value, and where: `at` is the path of keys to the fault. */
export interface FileFault {
  at: (string | number)[]
  message: string
}

/**
 * Checks the content of a pack file against its schema. Unknown keys are named with the nearest known one; a union gives one
 * fault instead of one per branch.
 */
export function checkFile(schema: TSchema, value: unknown): FileFault[] {
  // Collecting errors costs several times what it takes to see that there are none.
  if (Value.Check(schema, value)) return []
  const faults: FileFault[] = []
  const seen = new Set<string>()
  const errors = Value.Errors(schema, value)
  // What the branches of a failed union say is kept instead of the union's own complaint: it names the value.
  for (const error of errors) {
    if (error.keyword === 'boolean' || error.keyword === 'anyOf') continue
    const at = pathOf(error.instancePath)
    if (error.keyword === 'additionalProperties') {
      for (const key of error.params.additionalProperties) {
        const near = didYouMean(key, knownKeys(schema, error.schemaPath))
        add([...at, key], `unknown key ${clip(key)}${near}`)
      }
    } else {
      add(at, describe(error, valueAt(value, at), at.at(-1)))
    }
  }
  return faults

  function add(at: (string | number)[], message: string): void {
    const key = JSON.stringify(at)
    if (seen.has(key)) return
    seen.add(key)
    faults.push({ at, message })
  }
}

type ValidationError = ReturnType<typeof Value.Errors>[number]

function describe(error: ValidationError, given: unknown, key: string | number | undefined): string {
  const subject = key === undefined ? 'the file' : `${key}`
  if (error.keyword === 'required') return `${subject} lacks ${error.params.requiredProperties.join(', ')}`
  const value = clip(JSON.stringify(given) ?? 'nothing')
  if (error.keyword === 'enum') {
    const near = typeof given === 'string' ? didYouMean(given, error.params.allowedValues.map(String)) : ''
    return `${subject} ${value} is not one of ${error.params.allowedValues.join(', ')}${near}`
  }
  return `${subject} ${value} ${error.message}`
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function pathOf(pointer: string): (string | number)[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^(0|[1-9]\d*)$/.test(part) ? Number(part) : part))
}

function valueAt(value: unknown, at: (string | number)[]): unknown {
  let here = value
  for (const key of at) here = (here as Record<string | number, unknown> | null | undefined)?.[key]
  return here
}

function knownKeys(schema: TSchema, schemaPath: string): string[] {
  let here: unknown = schema
  for (const part of schemaPath.replace(/^#\/?/, '').split('/')) {
    if (part !== '') here = (here as Record<string, unknown> | undefined)?.[part]
  }
  const properties = (here as { properties?: object } | undefined)?.properties
  return properties === undefined ? [] : Object.keys(properties)
}
