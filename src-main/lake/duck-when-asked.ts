import type { Duck } from './duck.ts'

/** A DuckDB that is loaded and opened for its first query: a host that only answers from the ledger is there sooner without it. */
export function duckWhenAsked(): Duck {
  let opening: Promise<Duck> | undefined
  let opened: Duck | undefined
  const duck = () => {
    opening ??= import('./duck.ts').then(async ({ openDuck }) => {
      opened = await openDuck()
      return opened
    })
    return opening
  }
  return {
    run: async (sql) => (await duck()).run(sql),
    readColumns: async (sql) => (await duck()).readColumns(sql),
    writeColumns: async (...given) => (await duck()).writeColumns(...given),
    exportCsv: async (...given) => (await duck()).exportCsv(...given),
    interrupt: () => opened?.interrupt(),
    // One that could not be opened was told to who asked for it.
    close: () =>
      opening?.then(
        (duck) => duck.close(),
        () => {},
      ),
  }
}
