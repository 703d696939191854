import type { ReactNode } from 'react'
import type { ErrorCode, SigmaError } from '#shared/errors.ts'
import { Button } from './button.tsx'

/** Nothing here yet, and what to do about it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="state">
      <strong>{title}</strong>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  )
}

export function LoadingState({ label = 'Loading', lines = 4 }: { label?: string; lines?: number }) {
  return (
    <div className="state" role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={i} className="skeleton" />
      ))}
    </div>
  )
}

const advice: Partial<Record<ErrorCode, string>> = {
  UNAUTHORIZED: 'Open the link that the workstation printed when it started; it lets this browser in.',
  FORBIDDEN: 'Your role does not allow this. Ask an administrator of the workspace.',
  NO_DATA: 'Choose a window or a model that the data covers.',
  QUOTA_EXCEEDED: 'Wait for running jobs to finish, or cancel one below.',
  STORAGE_FULL: 'Free some disk space, then try again.',
  INTERNAL: 'Check that the workstation is running, then try again.',
}

/** What went wrong, in the host's words, and what to do. */
export function ErrorState({
  error,
  hint = advice[error.code],
  action,
  onRetry,
}: {
  error: SigmaError
  /** What to do, where more is known than the code says. */
  hint?: string | undefined
  /** Ways out of it. */
  action?: ReactNode
  onRetry?: () => void
}) {
  return (
    <div className="state" role="alert">
      <strong style={{ '--tone': 'var(--loss)' }}>{sentence(error.message)}</strong>
      {hint !== undefined && <p>{hint}</p>}
      <code>{error.code}</code>
      {action}
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  )
}

/** A failed action, beside the form that asked for it. */
export function ErrorLine({ error }: { error: SigmaError | undefined }) {
  if (error === undefined) return null
  return (
    <p className="banner tone-bad" role="alert">
      <span className="grow">{sentence(error.message)}</span>
      <code>{error.code}</code>
    </p>
  )
}

const sentence = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1)
