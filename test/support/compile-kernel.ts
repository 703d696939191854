import { join } from 'node:path'
import { main } from 'assemblyscript/asc'

/** The kernel of the trainer, compiled from its sources. */
export async function compileKernel(): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined
  const folder = join(import.meta.dirname, '..', '..', 'src-workers', 'gbm', 'assembly')
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,threads']
  const memory = ['--importMemory', '--sharedMemory', '--maximumMemory', '65536']
  const { error, stderr } = await main(
    ['index.ts', '--baseDir', folder, '--outFile', 'kernel.wasm', ...flags, ...memory],
    {
      writeFile: (name, contents) => {
        if (name === 'kernel.wasm' && typeof contents !== 'string') bytes = contents
      },
    },
  )
  if (error !== null || !bytes) throw new Error(`the kernel does not compile: ${stderr.toString()}`)
  return bytes
}
