/** Every error code of the API with its HTTP status. One line each; nothing else defines a code. */
export const errorStatus = {
  INVALID_PARAM: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  NO_DATA: 422,
  GATE_FAILED: 422,
  IDEMPOTENCY_MISMATCH: 422,
  QUOTA_EXCEEDED: 429,
  CANCELED: 409,
  INTERNAL: 500,
  STORAGE_FULL: 507,
} as const

export type ErrorCode = keyof typeof errorStatus

/** The one error of the product: a code from `errorStatus`, a message that names the thing and its value. */
export class SigmaError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'SigmaError'
    this.code = code
    this.details = options.details
  }

  get status(): number {
    return errorStatus[this.code]
  }
}

/** " (did you mean …?)" for the nearest of `known` to `given`, or an empty string where nothing is near. */
export function didYouMean(given: string, known: Iterable<string>): string {
  // Nobody mistypes a name of a hundred letters, and comparing one would take its time.
  if (given.length > 100) return ''
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(given.length / 3)) + 1
  for (const each of known) {
    const distance = editDistance(given.toLowerCase(), each.toLowerCase())
    if (distance < bestDistance) {
      best = each
      bestDistance = distance
    }
  }
  return best === undefined ? '' : ` (did you mean ${best}?)`
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, substitution))
    }
    previous = row
  }
  return previous[b.length]!
}
