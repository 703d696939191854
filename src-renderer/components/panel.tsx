import { type ReactNode, useId } from 'react'

interface PanelProps {
  title: string
  /** Shown beside the title: badges, counts. */
  note?: ReactNode
  /** Shown at the far end: buttons. */
  actions?: ReactNode
  flush?: boolean
  children: ReactNode
}

/** A titled box; every part of a screen stands in one. */
export function Panel({ title, note, actions, flush = false, children }: PanelProps) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {note}
        <span className="spacer" />
        {actions}
      </div>
      <div className={flush ? 'panel-body flush' : 'panel-body'}>{children}</div>
    </section>
  )
}
