const DAY_MS = 86_400_000

/** Days around a trade that show what led to it and what came after: more of them where a bar is a day. */
export function tradeWindow(
  entryAt: string,
  exitAt: string,
  isDaily: boolean,
): { start: string; end: string } {
  const around = isDaily ? 45 : 4
  const day = (at: string, shift: number) =>
    new Date(Date.parse(at.slice(0, 10)) + shift * DAY_MS).toISOString().slice(0, 10)
  return { start: day(entryAt, -around), end: day(exitAt, around) }
}
