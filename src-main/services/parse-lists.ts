import { SigmaError } from '#shared/errors.ts'

type NumberList = string | readonly number[]

/** Thresholds "0.55,0.60" or [0.55, 0.6] as ascending distinct numbers from 0.5 to below 1. */
export function parseThresholds(value: NumberList, parameter: string): number[] {
  return distinct(
    parseNumbers(value, parameter).map((each) => {
      if (each >= 0.5 && each < 1) return each
      throw new SigmaError('INVALID_PARAM', `${parameter} must lie from 0.5 to below 1, got ${each}`)
    }),
  )
}

/** Hours "13,14,15" or [13, 14, 15] as ascending distinct integers from 0 to 23. */
export function parseHours(value: NumberList, parameter: string): number[] {
  return distinct(
    parseNumbers(value, parameter).map((each) => {
      if (Number.isInteger(each) && each >= 0 && each <= 23) return each
      throw new SigmaError('INVALID_PARAM', `${parameter} must be hours from 0 to 23, got ${each}`)
    }),
  )
}

/** A share "0.15" or 0.15, above 0 and at most 1. */
export function parseShare(value: string | number, parameter: string): number {
  const share = typeof value === 'number' ? value : readNumber(value, parameter)
  if (share > 0 && share <= 1) return share
  throw new SigmaError('INVALID_PARAM', `${parameter} must be a share above 0 and at most 1, got ${value}`)
}

/** Hours as the contract writes them, "13,14,15"; null for every hour. */
export function formatHours(hours: readonly number[] | null): string | null {
  return hours?.join(',') ?? null
}

/** Finite numbers of a list as they are given. */
export function parseNumbers(value: NumberList, parameter: string): number[] {
  const numbers =
    typeof value === 'string' ? value.split(',').map((text) => readNumber(text, parameter)) : [...value]
  if (numbers.length === 0) throw new SigmaError('INVALID_PARAM', `${parameter} must not be empty`)
  return numbers
}

function readNumber(text: string, parameter: string): number {
  const number = Number(text.trim())
  if (text.trim() !== '' && Number.isFinite(number)) return number
  throw new SigmaError('INVALID_PARAM', `${parameter} must be numbers, got ${JSON.stringify(text)}`)
}

function distinct(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}
