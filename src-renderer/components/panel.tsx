import { type ReactNode, useId } from 'react'
import { useIsReport } from './report-mode.ts'
import { Tip } from './tip.tsx'

interface PanelProps {
  title: string
  /** Shown beside the title: badges, counts. */
  note?: ReactNode
  /** What the panel shows, behind a mark beside the title. */
  definition?: string
  /** Shown at the far end: buttons. */
  actions?: ReactNode
  flush?: boolean
  /** Stays in sight while what stands beside it scrolls. */
  sticky?: boolean
  children: ReactNode
}

function Definition({ title, text }: { title: string; text: string }) {
  if (useIsReport()) return <span className="muted">{text}</span>
  return (
    <Tip text={text}>
      <span className="definition-mark" aria-hidden="true">
        ?
      </span>
      <span className="visually-hidden">What {title} means</span>
    </Tip>
  )
}

/** A titled box; every part of a screen stands in one. */
export function Panel({
  title,
  note,
  definition,
  actions,
  flush = false,
  sticky = false,
  children,
}: PanelProps) {
  const id = useId()
  return (
    <section className={sticky ? 'panel sticky' : 'panel'} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {definition !== undefined && <Definition title={title} text={definition} />}
        {note}
        <span className="spacer" />
        {actions}
      </div>
      <div className={flush ? 'panel-body flush' : 'panel-body'}>{children}</div>
    </section>
  )
}
