import { Component, type ReactNode } from 'react'
import { asSigmaError } from '#renderer/api/query-cache.ts'
import type { SigmaError } from '#shared/errors.ts'
import { ErrorState } from '../states.tsx'

interface State {
  error: SigmaError | undefined
}

/** Keeps a fault in one screen from taking the window down. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(cause: unknown): State {
    return { error: asSigmaError(cause) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <ErrorState error={error} onRetry={() => this.setState({ error: undefined })} />
  }
}
