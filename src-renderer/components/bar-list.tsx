import { Fragment } from 'react'

export interface Bar {
  name: string
  /** Length of the bar, 0 to 1. */
  share: number
  text: string
  tone?: 'good' | 'bad' | 'warn' | undefined
}

/** Named bars, one under the other; the text beside each carries the value. */
export function BarList({ label, bars }: { label: string; bars: readonly Bar[] }) {
  return (
    <section className="bars" aria-label={label}>
      {bars.map((bar) => (
        <Fragment key={bar.name}>
          <span className="name" title={bar.name}>
            {bar.name}
          </span>
          <span className="bar" aria-hidden="true">
            <span className={bar.tone} style={{ width: `${Math.min(1, Math.max(0, bar.share)) * 100}%` }} />
          </span>
          <span className="value">{bar.text}</span>
        </Fragment>
      ))}
    </section>
  )
}
