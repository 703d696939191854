import { type ReactNode, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useIsReport } from './report-mode.ts'

const WIDTH = 300
const EDGE = 8

/** A term that explains itself on hover and on focus. */
export function Tip({ text, children }: { text: string; children: ReactNode }) {
  const id = useId()
  const anchor = useRef<HTMLButtonElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number }>()
  const show = () => {
    const box = anchor.current?.getBoundingClientRect()
    if (box === undefined) return
    setPlace({ left: Math.max(EDGE, Math.min(box.left, innerWidth - WIDTH - EDGE)), top: box.bottom + 6 })
  }
  const hide = () => setPlace(undefined)
  const isReport = useIsReport()
  if (text === '') return <>{children}</>
  if (isReport) return <span title={text}>{children}</span>
  return (
    <>
      <button
        type="button"
        ref={anchor}
        className="tip"
        aria-describedby={place === undefined ? undefined : id}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {children}
      </button>
      {place !== undefined &&
        createPortal(
          <div id={id} role="tooltip" className="tip-bubble" style={place}>
            {text}
          </div>,
          document.body,
        )}
    </>
  )
}
