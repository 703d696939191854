import { describeFault, type FuzzReport, memoryByQuarter, successesOf } from './run-fuzz.ts'

/** The report as lines: statuses by operation, the slowest request, memory, faults. */
export function describeReport(report: FuzzReport): string[] {
  const { counts, slowest, faults, memory, seconds, requests } = report
  const classes = new Map<string, number>()
  const lines = [...counts.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([operation, byStatus]) => {
      const parts = [...byStatus.entries()].sort(([a], [b]) => a - b)
      for (const [status, n] of parts) {
        const name = `${Math.floor(status / 100)}xx`
        classes.set(name, (classes.get(name) ?? 0) + n)
      }
      return `${operation.padEnd(26)} ${parts.map(([status, n]) => `${status}: ${n}`).join('  ')}`
    })
  const [fewest = ['', 0]] = successesOf(report)
  return [
    ...lines,
    '',
    `${requests} requests in ${Math.round(seconds)} s: ${[...classes]
      .sort()
      .map(([name, n]) => `${n} ${name}`)
      .join(', ')}`,
    `slowest ${Math.round(slowest.ms)} ms: ${slowest.request.slice(0, 200)}`,
    `fewest successes: ${fewest[1]} of ${fewest[0]}`,
    `heap of the host that is alive, by quarter: ${memoryByQuarter(report, 'heapMb').join(', ')} MiB`,
    `its process: ${memoryByQuarter(report, 'residentMb').join(', ')} MiB, ${Math.max(...memory.map((each) => each.residentMb))} MiB at most`,
    `${faults.length} faults`,
    ...faults.slice(0, 20).map(describeFault),
  ]
}
