import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { SigmaError } from '#shared/errors.ts'

export interface PathRules {
  /** Name of the request's field, for the message. */
  parameter: string
  /** A regular file must be there; otherwise it may be. */
  mustExist?: boolean
}

/** Files of the host itself, at the top of the workspace; journals and copies of the ledger included. */
const reserved = /^(ledger\.db.*|\.lock.*|\.token.*|workspace\.json.*)$/i
const unsafeText = /[\p{Cc}\\:]|%(?:00|2e|2f|5c)/iu

/**
 * The real path of a file that a request names, relative to the workspace `root`. INVALID_PARAM naming parameter and value for
 * everything else: paths that lead out by dots, links or hard links, absolute ones, devices, and the host's own files.
 */
export function resolveInside(
  root: string,
  userPath: string,
  { parameter, mustExist = false }: PathRules,
): string {
  const refuse = refusal(parameter, userPath)
  const path = placeInside(root, userPath, refuse)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats) checkKind(stats, refuse)
  else if (mustExist) refuse('does not exist')
  return path
}

/** The same for a folder that is there; an empty path is the workspace itself. */
export function folderInside(
  root: string,
  userPath: string,
  { parameter }: Pick<PathRules, 'parameter'>,
): string {
  if (userPath === '') return realpathSync(root)
  const refuse = refusal(parameter, userPath)
  const path = placeInside(root, userPath, refuse)
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) refuse('is not a folder')
  return path
}

const refusal =
  (parameter: string, userPath: string) =>
  (why: string): never => {
    throw new SigmaError('INVALID_PARAM', `${parameter}: ${JSON.stringify(userPath)} ${why}`)
  }

function placeInside(root: string, userPath: string, refuse: (why: string) => never): string {
  if (userPath === '' || unsafeText.test(userPath)) refuse('is not a path inside the workspace')
  if (isAbsolute(userPath) || userPath.startsWith('~'))
    refuse('is absolute: give a path inside the workspace')
  const parts = userPath.split('/')
  if (parts.some((part) => part === '..' || part === '.' || /[. ]$/.test(part)))
    refuse('leads out of its folder')
  if (parts.includes('')) refuse('has an empty part')

  const realRoot = realpathSync(root)
  const path = realOf(join(realRoot, ...parts)) ?? refuse('leads nowhere')
  const inside = relative(realRoot, path)
  if (inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..')
    refuse('leads out of the workspace')
  if (inside.split(sep).some((part) => part.startsWith('.')) || reserved.test(inside.split(sep)[0] ?? '')) {
    refuse('is a file of the host itself')
  }
  return path
}

function checkKind(stats: Stats, refuse: (why: string) => never): void {
  if (stats.isDirectory()) refuse('is a folder')
  if (!stats.isFile()) refuse('is not a regular file')
  // Its other name may be anywhere, and writing to one writes to both.
  if (stats.nlink > 1) refuse('is a hard link')
}

/** Links resolved as far as the path exists; undefined for a link to nothing, a file used as a folder, a name too long. */
function realOf(path: string): string | undefined {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })) return realpathSync(path)
  } catch {
    return undefined
  }
  const parent = realOf(dirname(path))
  return parent && join(parent, basename(path))
}
