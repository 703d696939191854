import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SigmaError } from '#shared/errors.ts'
import { type Host, type ProgramPaths, startHost } from './host.ts'

const usage =
  'serve [--workspace DIR] [--port N] [--auth local|always] [--allow-host NAME] [--no-sample] [--restore BACKUP]'

/** The headless host: prints one line with the URL when it is ready, and closes cleanly on SIGTERM or SIGINT. */
export async function serve(
  args: string[],
  program: ProgramPaths,
  print: (line: string) => void,
): Promise<Host> {
  const { values } = readArgs(args)
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SigmaError('INVALID_PARAM', `--port must be from 0 to 65535, got ${values.port}`)
  }
  if (values.auth !== 'local' && values.auth !== 'always') {
    throw new SigmaError('INVALID_PARAM', `--auth must be local or always, got ${values.auth}`)
  }
  const host = await startHost({
    workspace: values.workspace ?? join(homedir(), 'SigmaLab'),
    port,
    auth: values.auth,
    allowHosts: values['allow-host'],
    sample: !values['no-sample'],
    restore: values.restore,
    program,
    log: (line) => process.stderr.write(`${line}\n`),
  })
  let isClosing = false
  const stop = () => {
    if (isClosing) return
    isClosing = true
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`closing failed: ${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  await host.sampleReady.catch((error: unknown) => {
    if (!isClosing) process.stderr.write(`the sample data could not be loaded: ${String(error)}\n`)
  })
  if (!isClosing) print(`Sigma Lab is ready at ${host.openUrl()}`)
  return host
}

function readArgs(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        workspace: { type: 'string' },
        port: { type: 'string', default: '8001' },
        auth: { type: 'string', default: 'local' },
        'allow-host': { type: 'string', multiple: true, default: [] },
        'no-sample': { type: 'boolean', default: false },
        restore: { type: 'string' },
      },
    })
  } catch (cause) {
    throw new SigmaError('INVALID_PARAM', `${(cause as Error).message}\nusage: ${usage}`, { cause })
  }
}
