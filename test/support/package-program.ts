import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'

const repository = new URL('../../', import.meta.url).pathname

/** By these bytes the tool that sets fuses finds them in a binary; a version, their number and their states follow. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const
type FuseName = (typeof fuseNames)[number]

/** Libraries of hundreds of megabytes, which would only make the test slow: that such files are unpacked others show. */
const heavy = ['!node_modules/onnxruntime-node/bin/**', '!node_modules/@duckdb/node-bindings-*/**']

/**
 * Packages the built program for Linux with a file in the place of Electron's binary that has nothing but fuses, and returns the
 * folder of the package.
 */
export async function packageProgram(folder: string): Promise<string> {
  if (!existsSync(join(repository, 'out/main/electron.js')))
    throw new Error('nothing is built: npm run build')
  const electronDist = join(folder, 'electron')
  await mkdir(join(electronDist, 'resources'), { recursive: true })
  const config = readConfig()
  const { electronFuses: wanted } = config
  // Each the other way around than the package wants it, so that a fuse which was not set is seen.
  const states = fuseNames.map((name) => (wanted[name] === true ? '0' : '1')).join('')
  const fuses = `${fuseMark}\x01${String.fromCharCode(fuseNames.length)}${states}`
  await writeFile(join(electronDist, 'electron'), `stand-in\0${fuses}\0`)
  await chmod(join(electronDist, 'electron'), 0o755)

  const own = {
    ...config,
    electronDist,
    files: [...config.files, ...heavy],
    directories: { ...config.directories, output: join(folder, 'dist') },
  }
  const path = join(folder, 'config.json')
  await writeFile(path, JSON.stringify(own))
  await promisify(execFile)(
    join(repository, 'node_modules/.bin/electron-builder'),
    ['--linux', '--dir', '--publish', 'never', '--projectDir', repository, '--config', path],
    { cwd: repository, maxBuffer: 1e8 },
  )
  return join(folder, 'dist', 'linux-unpacked')
}

interface BuilderConfig {
  files: string[]
  directories: Record<string, string>
  electronFuses: Partial<Record<FuseName, boolean>>
  protocols: { name: string; schemes: string[] }[]
}

export const readConfig = (): BuilderConfig =>
  parse(readFileSync(join(repository, 'electron-builder.yml'), 'utf8')) as BuilderConfig

/** The fuses of a packaged binary. */
export function readFuses(binary: string): Record<string, boolean> {
  const bytes = readFileSync(binary)
  const at = bytes.indexOf(fuseMark) + fuseMark.length + 2
  return Object.fromEntries(fuseNames.map((name, i) => [name, bytes[at + i] === '1'.charCodeAt(0)]))
}

interface ArchiveFolder {
  files?: Record<string, ArchiveFolder>
}

/** The paths of an asar archive, folders included: its header is a length at byte 12 and so much JSON. */
export function readArchive(path: string): string[] {
  const bytes = readFileSync(path)
  const header = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8')) as ArchiveFolder
  const pathsOf = ({ files = {} }: ArchiveFolder, at: string): string[] =>
    Object.entries(files).flatMap(([name, each]) => [`${at}/${name}`, ...pathsOf(each, `${at}/${name}`)])
  return pathsOf(header, '')
}
