import type { Kernel } from './kernel.ts'
import { kernelBytes } from './kernel-bytes.ts'
import { createPlainKernel } from './plain-kernel.ts'
import { createWasmKernel } from './wasm-kernel.ts'

/** A fit whose arrays take more than this has a kernel of its own, whose memory goes when it is done. */
const MOST_KEPT_BYTES = 64e6

let module: WebAssembly.Module | null | undefined
let kept: Kernel | undefined

/** Lends the fastest kernel that runs here; what is made of it inside of `use` ends there. */
export function withKernel<T>(rows: number, features: number, use: (kernel: Kernel) => T): T {
  if (rows * (2 * features + 100) > MOST_KEPT_BYTES) return use(createKernel())
  kept ??= createKernel()
  const kernel = kept
  return kernel.scoped(() => use(kernel))
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
