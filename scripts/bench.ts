// `npm run bench`: our speed against that of others on the same bytes. docs/guide/speed.md tells how to read it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { BenchRow } from '../test/bench/harness/bench-types.ts'
import { printTable } from '../test/bench/harness/print-table.ts'
import { benchSections } from '../test/bench/sections.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    python: { type: 'string', default: '/usr/bin/python3' },
    peers: { type: 'string' },
  },
})
const wanted = benchSections.filter(({ id }) => positionals.length === 0 || positionals.includes(id))
const unknown = positionals.filter((name) => !benchSections.some(({ id }) => id === name))
if (unknown.length > 0) {
  console.error(
    `no section is called ${unknown[0]}; there are ${benchSections.map(({ id }) => id).join(', ')}`,
  )
  process.exit(1)
}

const rows: BenchRow[] = []
const output = join(import.meta.dirname, '..', '.cache', 'bench.json')
mkdirSync(join(output, '..'), { recursive: true })
const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: availableParallelism(),
  gigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
}
console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.gigabytes} GB, Node ${machine.node}`)
const began = performance.now()
for (const section of wanted) {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-'))
  const own: BenchRow[] = []
  try {
    await section.run({
      isQuick: values.quick,
      python: values.python,
      peersFolder: values.peers === undefined ? null : resolve(values.peers),
      folder,
      add(row) {
        own.push({ section: section.id, ...row })
        process.stderr.write(`\r\x1b[K${section.id}: ${row.name}`)
      },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
    process.stderr.write('\r\x1b[K')
  }
  printTable(section.title, own)
  rows.push(...own)
  const minutes = (performance.now() - began) / 60_000
  writeFileSync(output, `${JSON.stringify({ machine, quick: values.quick, minutes, rows }, null, 2)}\n`)
}
const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length
console.log(
  `\n${count('met')} goals met, ${count('missed')} missed, ${count('not run')} not run. Figures: ${output}`,
)
