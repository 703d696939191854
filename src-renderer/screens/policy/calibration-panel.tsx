import type { ReactNode } from 'react'
import { Button } from '#renderer/components/button.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import type { SigmaError } from '#shared/errors.ts'

interface CalibrationPanelProps {
  title: string
  definition: string
  testId: string
  /** What is wished for. */
  fields: ReactNode
  canRun: boolean
  pending: boolean
  error: SigmaError | undefined
  warnings: readonly string[]
  onRun: () => void
  /** The request, to be copied. */
  request: ReactNode
  /** What came of it. */
  children: ReactNode
}

/** A wish, a button, and what the host found for it. */
export function CalibrationPanel(props: CalibrationPanelProps) {
  const { title, definition, testId, fields, canRun, pending, error, warnings, onRun, request, children } =
    props
  return (
    <Panel title={title} definition={definition}>
      <form
        className="toolbar"
        onSubmit={(event) => {
          event.preventDefault()
          onRun()
        }}
      >
        {fields}
        <Button type="submit" disabled={!canRun || pending} data-testid={testId}>
          {pending ? 'Calibrating…' : 'Calibrate'}
        </Button>
      </form>
      <ErrorLine error={error} />
      {children}
      {warnings.map((text) => (
        <p className="muted" key={text}>
          {text}
        </p>
      ))}
      <div className="row">{request}</div>
    </Panel>
  )
}
