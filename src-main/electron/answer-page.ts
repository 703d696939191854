import { Value } from 'typebox/value'
import {
  type DesktopAnswer,
  type DesktopMethod,
  type DesktopReplyOf,
  type DesktopRequest,
  desktopRequests,
} from '#shared/contract/desktop.ts'
import { SigmaError } from '#shared/errors.ts'

export type DesktopHandlers = {
  [M in DesktopMethod]: (request: DesktopRequest<M>) => DesktopReplyOf<M> | Promise<DesktopReplyOf<M>>
}

/** Who sent a request. */
export interface Sender {
  /** It is the window of the workstation, not another one. */
  isWindow: boolean
  /** Frames inside of a page may hold something else than the page. */
  isMainFrame: boolean
  url: string
}

interface Rules {
  isTrusted: (sender: Sender) => boolean
  log: (line: string) => void
}

/** Checks sender and request, runs the handler, and gives whatever goes wrong the shape of the API's errors. */
export function createAnswerer(handlers: DesktopHandlers, { isTrusted, log }: Rules) {
  return async <M extends DesktopMethod>(
    method: M,
    sender: Sender,
    request: unknown,
  ): Promise<DesktopAnswer<DesktopReplyOf<M>>> => {
    try {
      if (!isTrusted(sender))
        throw new SigmaError('FORBIDDEN', 'only the workstation itself may ask the window')
      checkRequest(method, request)
      return { ok: true, value: await handlers[method](request as DesktopRequest<M>) }
    } catch (thrown) {
      return { ok: false, error: errorOf(thrown, method, log) }
    }
  }
}

function checkRequest(method: DesktopMethod, request: unknown): void {
  const schema = desktopRequests[method]
  if (Value.Check(schema, request)) return
  const [fault] = Value.Errors(schema, request)
  const field = fault?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  // Without the value: it may be the vendor's key, or a file.
  throw new SigmaError(
    'INVALID_PARAM',
    `${method}: ${field || 'the request'} ${fault?.message ?? 'is not valid'}`,
  )
}

function errorOf(thrown: unknown, method: DesktopMethod, log: Rules['log']) {
  if (!(thrown instanceof SigmaError)) {
    log(
      `desktop ${method} failed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
    )
    return { code: 'INTERNAL', message: 'something went wrong in the window; the log says what' } as const
  }
  const { code, message, details } = thrown
  return { code, message, ...(details === undefined ? {} : { details }) }
}
