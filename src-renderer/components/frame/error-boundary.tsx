import { Component, type ReactNode } from 'react'
import { asSigmaError } from '#renderer/api/query-cache.ts'
import { SigmaError } from '#shared/errors.ts'
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
    if (isUnreachable(error)) return <ErrorState error={unreachable} onRetry={() => location.reload()} />
    return <ErrorState error={error} onRetry={() => this.setState({ error: undefined })} />
  }
}

const unreachable = new SigmaError('INTERNAL', 'this screen could not be fetched from the workstation')

/** Part of the program that did not arrive. The browser remembers that, so only a new page can try again. */
const isUnreachable = ({ message }: SigmaError): boolean => message.includes('dynamically imported module')
