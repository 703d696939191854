// Every time on screen is written here. Inside it is UTC; a trader reads New York, or the zone of the settings.

import { formatCount, MISSING } from './format.ts'

const NEW_YORK = 'America/New_York'
const DAY_S = 86_400

const formatterOf = (timeZone: string, seconds: boolean) =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
  })

const newYork = formatterOf(NEW_YORK, false)
const utc = formatterOf('UTC', true)
const utcMinutes = formatterOf('UTC', false)
const local = formatterOf(Intl.DateTimeFormat().resolvedOptions().timeZone, false)
const byZone = { 'New York': newYork, UTC: utcMinutes, local } as const

function parse(text: string | null | undefined): Date | undefined {
  if (!text) return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** 2024-03-08 10:30 in New York. */
export function formatNewYork(timestamp: string | null | undefined): string {
  const date = parse(timestamp)
  return date === undefined ? MISSING : newYork.format(date)
}

/** 2024-03-08 15:30 in the zone that is asked for; `local` is that of this machine. */
export function formatInZone(timestamp: string | null | undefined, zone: keyof typeof byZone): string {
  const date = parse(timestamp)
  return date === undefined ? MISSING : byZone[zone].format(date)
}

/** 2024-03-08 15:30:00 UTC. */
export function formatUtc(timestamp: string | null | undefined): string {
  const date = parse(timestamp)
  return date === undefined ? MISSING : `${utc.format(date)} UTC`
}

/** The day of a date or timestamp as written, without any shift of zone. */
export const formatDay = (text: string | null | undefined): string => (text ? text.slice(0, 10) : MISSING)

/** 45 s, 3 min, 2 h 5 min. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds)) return MISSING
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** How long ago: 35 min, 26 h 5 min, from two days on in whole days. */
export function formatAge(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds) || seconds < 2 * DAY_S) return formatDuration(seconds)
  return `${formatCount(Math.floor(seconds / DAY_S))} days`
}

/** An hour of the New York day as a trader writes it: 9 is 09:00. */
export const formatHour = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** "13,14,15" as 13–15, "9,10,13" as 9–10, 13; empty is all hours. */
export function formatHours(hours: string | readonly number[] | null | undefined): string {
  const list = parseHours(hours)
  if (list.length === 0) return 'all hours'
  const runs: string[] = []
  for (let i = 0; i < list.length; ) {
    let j = i
    while (list[j + 1] === list[j]! + 1) j++
    runs.push(i === j ? String(list[i]) : `${list[i]}–${list[j]}`)
    i = j + 1
  }
  return runs.join(', ')
}

/** Hours of "13,14,15" or [13, 14, 15], in order and once each. */
export function parseHours(hours: string | readonly number[] | null | undefined): number[] {
  if (hours == null) return []
  const list =
    typeof hours === 'string'
      ? hours
          .split(/[\s,]+/)
          .filter((part) => part !== '')
          .map(Number)
      : [...hours]
  return [...new Set(list.filter(Number.isInteger))].sort((a, b) => a - b)
}
