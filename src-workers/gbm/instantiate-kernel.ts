import type { WasmExports } from './wasm-exports.ts'

export function instantiateKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): WasmExports {
  const imports = { env: { memory }, exp: { oneExp: Math.exp } }
  return new WebAssembly.Instance(module, imports).exports as unknown as WasmExports
}
