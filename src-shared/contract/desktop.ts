import { type Static, Type } from 'typebox'
import type { ErrorCode } from '../errors.ts'

const closed = { additionalProperties: false } as const
const nothing = Type.Object({}, closed)
const words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\x00-\\x1f]*$' })

/** A link into the page, such as `#/run?id=12`. */
const Hash = Type.String({ maxLength: 2000, pattern: '^#/[a-z][a-z-]{0,30}(\\?[\\x21-\\x7e]*)?$' })

const MenuGroup = Type.Unsafe<'go' | 'view' | 'help'>({ type: 'string', enum: ['go', 'view', 'help'] })

/** What the page may ask of the window it stands in. Each takes one object, which the window checks before it acts. */
export const desktopRequests = {
  describe: nothing,
  /** The system's dialog for a file to import. */
  chooseFile: nothing,
  /** The same dialog for a text that the page itself reads, such as fills. */
  chooseText: nothing,
  /** The system's dialog for where to write a file that the page made. */
  saveFile: Type.Object(
    {
      name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,120}\\.(csv|html)$' }),
      text: Type.String({ maxLength: 256 * 1024 * 1024 }),
    },
    closed,
  ),
  /** Shows a folder of the workspace in the system's file manager; an empty path is the workspace itself. */
  openFolder: Type.Object({ path: Type.String({ maxLength: 500 }) }, closed),
  keepVendorKey: Type.Object({ key: Type.String({ maxLength: 200 }) }, closed),
  forgetVendorKey: nothing,
  /** A message of the system; a click on it brings the window forward and follows the link. */
  notify: Type.Object({ title: words(120), body: words(500), hash: Hash }, closed),
  /** Commands for the menu. Chosen there, they come back by their id. */
  showCommands: Type.Object(
    {
      commands: Type.Array(Type.Object({ id: words(60), title: words(60), group: MenuGroup }, closed), {
        maxItems: 60,
      }),
    },
    closed,
  ),
} as const

export type DesktopMethod = keyof typeof desktopRequests
export type DesktopRequest<M extends DesktopMethod> = Static<(typeof desktopRequests)[M]>
export type MenuCommand = DesktopRequest<'showCommands'>['commands'][number]

export interface VendorKeyState {
  /** Where the key in force comes from. */
  source: 'environment' | 'keychain' | 'none'
  /** Why this machine cannot keep one; null where it can. */
  obstacle: string | null
}

interface Replies {
  describe: { version: string; vendor_key: VendorKeyState }
  /** A file of the workspace: the chosen one if it lies there, else its copy. Null where none was chosen. */
  chooseFile: { path: string; name: string; bytes: number } | null
  /** Null where none was chosen. */
  chooseText: { name: string; bytes: number; text: string } | null
  saveFile: { name: string } | null
  openFolder: null
  keepVendorKey: VendorKeyState
  forgetVendorKey: VendorKeyState
  notify: null
  showCommands: null
}
export type DesktopReplyOf<M extends DesktopMethod> = Replies[M]

/** Errors lose their fields between window and page, so they travel in the shape that the API gives them. */
export type DesktopAnswer<T> =
  | { ok: true; value: T }
  | { ok: false; error: { code: ErrorCode; message: string; details?: Record<string, unknown> } }

export type DesktopCalls = {
  [M in DesktopMethod]: (request: DesktopRequest<M>) => Promise<DesktopAnswer<DesktopReplyOf<M>>>
}

/** What the window puts into the page as `desktop`; a browser has none. Listeners return how to stop listening. */
export interface DesktopBridge extends DesktopCalls {
  onCommand: (listener: (id: string) => void) => () => void
  onLink: (listener: (hash: string) => void) => () => void
}
