import type { ReactNode } from 'react'

export interface Stat {
  label: string
  value: ReactNode
  tone?: 'gain' | 'loss' | undefined
  title?: string
}

/** Key figures in a row. */
export function Stats({ label, stats }: { label: string; stats: readonly Stat[] }) {
  return (
    <dl className="stats" aria-label={label}>
      {stats.map((stat) => (
        <div className="stat" key={stat.label} title={stat.title}>
          <dt>{stat.label}</dt>
          <dd className={stat.tone}>{stat.value}</dd>
        </div>
      ))}
    </dl>
  )
}
