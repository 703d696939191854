import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

interface DrawerProps {
  title: string
  onClose: () => void
  testId?: string
  actions?: ReactNode
  children: ReactNode
}

/** A panel at the right edge. It takes the focus, gives it back, and closes on Escape; the screen stays usable. */
export function Drawer({ title, onClose, testId, actions, children }: DrawerProps) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const before = document.activeElement
    heading.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <div
      className="drawer"
      role="dialog"
      aria-labelledby={id}
      data-testid={testId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="drawer-head">
        <h2 id={id} tabIndex={-1} ref={heading}>
          {title}
        </h2>
        {actions}
        <Button look="quiet" iconOnly onClick={onClose} aria-label="Close">
          <Icon name="close" />
        </Button>
      </div>
      <div className="drawer-body">{children}</div>
    </div>
  )
}
