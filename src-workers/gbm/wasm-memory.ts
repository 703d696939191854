const PAGE = 65536
const MOST_PAGES = 65536
/** Arrays begin on cache lines. */
const LINE = 64

type Wrapped<T> = (buffer: SharedArrayBuffer, at: number, length: number) => T

/** Arrays one behind the other in the memory of a WebAssembly module, which grows as needed. */
export interface WasmMemory {
  memory: WebAssembly.Memory
  take: <T>(wrap: Wrapped<T>, bytesEach: number, length: number) => T
  scoped: <T>(use: () => T) => T
}

export function createWasmMemory(): WasmMemory {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true })
  // Address 0 would read as no array at all.
  let top = LINE
  let size = PAGE
  const take: WasmMemory['take'] = (wrap, bytesEach, length) => {
    const at = top
    const bytes = Math.ceil((length * bytesEach) / LINE) * LINE
    top += bytes
    if (top > size) {
      // By a quarter at least, as each growth costs a system call.
      const pages = Math.min(MOST_PAGES - size / PAGE, Math.ceil(Math.max(top - size, size / 4) / PAGE))
      memory.grow(pages)
      size += pages * PAGE
    }
    return wrap(memory.buffer, at, length)
  }
  const scoped: WasmMemory['scoped'] = (use) => {
    const before = top
    try {
      return use()
    } finally {
      top = before
    }
  }
  return { memory, take, scoped }
}
