import { type ReactNode, useLayoutEffect, useRef } from 'react'

interface DialogProps {
  label: string
  /** For what is read line by line. */
  wide?: boolean
  onClose: () => void
  children: ReactNode
}

/** A modal over the window; the browser traps the focus and closes it on Escape. */
export function Dialog({ label, wide = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed while it still stands in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // The browser gives the focus to what comes first, whatever React had focused before.
    element?.querySelector<HTMLElement>('[data-focus]')?.focus()
    return () => element?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop has Escape as its key
    <dialog
      ref={dialog}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {children}
    </dialog>
  )
}
