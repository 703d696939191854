// `npm run kernel`: compiles src-workers/gbm/assembly and writes it as kernel-bytes.ts, which is committed, so that the trainer
// needs no compiler: unbundled, bundled and in tests it is one more module.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileKernel } from '../test/support/compile-kernel.ts'

const bytes = await compileKernel()
const source = `/** The kernel, compiled from assembly/ by \`npm run kernel\`. */
export const kernelBytes =
  '${Buffer.from(bytes).toString('base64')}'
`
writeFileSync(join(import.meta.dirname, '..', 'src-workers', 'gbm', 'kernel-bytes.ts'), source)
console.log(`src-workers/gbm/kernel-bytes.ts: ${bytes.length} bytes`)
