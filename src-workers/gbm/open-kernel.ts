import type { Kernel } from './kernel.ts'
import { kernelBytes } from './kernel-bytes.ts'
import { createPlainKernel } from './plain-kernel.ts'
import { createWasmKernel } from './wasm-kernel.ts'

/** A fit whose arrays take more than this has a kernel of its own, whose memory goes when it is done. */
const MOST_KEPT_BYTES = 64e6

let module: WebAssembly.Module | null | undefined
let kept: Kernel | undefined

/** Below this many values a fit is over before helpers are of use. */
const LEAST_SHARED_VALUES = 100_000

/** Lends the fastest kernel that runs here, on up to `threads` threads; what is made of it inside of `use` ends there. */
export function withKernel<T>(
  rows: number,
  features: number,
  threads: number | undefined,
  use: (kernel: Kernel) => T,
): T {
  const isOwn = rows * (2 * features + 100) > MOST_KEPT_BYTES
  if (!isOwn) kept ??= createKernel()
  const kernel = isOwn ? createKernel() : kept!
  kernel.setThreads(rows * features < LEAST_SHARED_VALUES ? 1 : (threads ?? 1))
  try {
    return kernel.scoped(() => use(kernel))
  } finally {
    if (isOwn) kernel.close()
  }
}

/** The compiled kernel, or the plain one where the machine or its settings know no WebAssembly with vectors and threads. */
export function createKernel(): Kernel {
  if (module === undefined) module = compile()
  return module === null ? createPlainKernel() : createWasmKernel(module)
}

function compile(): WebAssembly.Module | null {
  const bytes = Buffer.from(kernelBytes, 'base64')
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
}
