import type { ReactNode } from 'react'

export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'plain'

/** A small label that states a fact. */
export function Badge({
  tone = 'plain',
  title,
  children,
}: {
  tone?: Tone
  title?: string
  children: ReactNode
}) {
  return (
    <span className={`badge tone-${tone}`} title={title}>
      {children}
    </span>
  )
}

/** Where data comes from: shown wherever a figure rests on it. */
export function DataBadge({ simulated }: { simulated: boolean }) {
  return simulated ? (
    <Badge tone="warn" title="Made by a seeded generator; not market data">
      simulated
    </Badge>
  ) : (
    <Badge tone="good" title="Prices that were traded">
      real
    </Badge>
  )
}

const statusTones: Record<string, Tone> = {
  completed: 'good',
  failed: 'bad',
  running: 'info',
  canceled: 'warn',
}

/** State of a job in one word. */
export function StatusBadge({ status }: { status: string }) {
  return <Badge tone={statusTones[status] ?? 'plain'}>{status}</Badge>
}
