import type { ReactNode } from 'react'

export interface Stat {
  label: string
  value: ReactNode
  tone?: 'gain' | 'loss' | undefined
  title?: string
}

/** Key figures in a row. */
export function Stats({ label, stats }: { label: string; stats: readonly Stat[] }) {
  const inRows = (rows: number) => Math.ceil(stats.length / rows)
  return (
    <dl
      className="stats"
      aria-label={label}
      style={{ '--count': stats.length, '--half': inRows(2), '--third': inRows(3) }}
    >
      {stats.map((stat) => (
        <div className="stat" key={stat.label} title={stat.title}>
          <dt>{stat.label}</dt>
          <dd className={stat.tone}>{stat.value}</dd>
        </div>
      ))}
    </dl>
  )
}
