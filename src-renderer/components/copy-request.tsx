import { toRequest } from '#renderer/api/call.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract, type InputOf, type OperationId } from '#shared/contract/index.ts'
import { requestAsCurl, requestAsPython } from '#shared/contract/request-snippets.ts'
import { Button } from './button.tsx'

interface CopyRequestProps<K extends OperationId> {
  operationId: K
  input: InputOf<K>
}

/** The request a form would make, for a script. */
export function CopyRequest<K extends OperationId>({ operationId, input }: CopyRequestProps<K>) {
  const push = useToasts((store) => store.push)
  const copy = async (language: 'curl' | 'Python') => {
    const request = toRequest(operationId, input)
    const endpoint: Endpoint = contract[operationId]
    const write = language === 'curl' ? requestAsCurl : requestAsPython
    const text = write(location.origin, request, endpoint.role === 'admin')
    await navigator.clipboard.writeText(text)
    push({ tone: 'info', text: `Copied the request as ${language}` })
  }
  return (
    <span className="row">
      <Button look="quiet" small onClick={() => void copy('curl')}>
        Copy as curl
      </Button>
      <Button look="quiet" small onClick={() => void copy('Python')}>
        Copy as Python
      </Button>
    </span>
  )
}
