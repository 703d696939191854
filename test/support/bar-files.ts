import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'

export interface BarLine {
  /** Opening instant, epoch ms UTC. */
  openTs: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** Five-minute bars of some sessions from a date on, rising by a cent a bar from 100. */
export function fiveMinuteBars(firstDate: string, sessions: number): BarLine[] {
  const lines: BarLine[] = []
  const first = sessionOfDate(firstDate)
  for (let session = first; session < first + sessions; session++) {
    for (let openTs = sessionOpen[session]!; openTs < sessionClose[session]!; openTs += 300_000) {
      const open = 100 + lines.length / 100
      lines.push({
        openTs,
        open,
        high: open + 0.05,
        low: open - 0.05,
        close: open + 0.01,
        volume: 1000 + lines.length,
      })
    }
  }
  return lines
}

const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  ...{
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
})

/** The wall clock of New York as `2024-03-11 09:30:00`. */
export const newYorkText = (ts: number): string => wall.format(ts)

/** Bars as the CSV of a vendor: New York times, prices to two places. */
export function csvOf(bars: BarLine[], header = 'ts,open,high,low,close,volume'): string {
  const rows = bars.map(({ openTs, open, high, low, close, volume }) =>
    [newYorkText(openTs), ...[open, high, low, close].map((price) => price.toFixed(2)), volume].join(','),
  )
  return `${[header, ...rows].join('\n')}\n`
}

/** Writes a file of a workspace. */
export async function putFile(root: string, path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), content)
}
