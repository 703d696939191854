import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { SigmaError } from '#shared/errors.ts'

/** One page of a list. */
export interface VendorPage<T> {
  results: T[]
  /** Address of the next page, null on the last. */
  nextUrl: string | null
}

/**
 * Makes the check of a list's pages. The check throws NO_DATA naming the first field that is not as documented; `results` is left
 * out by the vendor where there are none.
 */
export function pageReader<S extends TSchema>(
  item: S,
): (body: unknown, path: string) => VendorPage<Static<S>> {
  const check = Compile(
    Type.Object({
      status: Type.Optional(Type.String()),
      next_url: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      results: Type.Optional(Type.Union([Type.Array(item), Type.Null()])),
    }),
  )
  return (body, path) => {
    if (!check.Check(body)) {
      const [error] = check.Errors(body)
      const field = error?.instancePath.slice(1).replaceAll('/', '.') || 'the body'
      throw new SigmaError(
        'NO_DATA',
        `the vendor's reply to ${path} is not as documented: ${field} ${error?.message ?? 'is wrong'}`,
      )
    }
    const { status, next_url, results } = body as {
      status?: string
      next_url?: string | null
      results?: Static<S>[] | null
    }
    // DELAYED is what plans without real-time data get: complete, only later.
    if (status !== undefined && status !== 'OK' && status !== 'DELAYED') {
      throw new SigmaError('NO_DATA', `the vendor answered ${path} with status ${status.slice(0, 40)}`)
    }
    return { results: results ?? [], nextUrl: next_url ?? null }
  }
}
