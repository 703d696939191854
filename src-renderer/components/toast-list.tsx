import { useToasts } from '#renderer/stores/toasts.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

export function ToastList() {
  const { toasts, dismiss } = useToasts()
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast ${toast.tone}`}>
          <p>{toast.text}</p>
          {toast.action !== undefined && (
            <Button
              small
              onClick={() => {
                toast.action?.run()
                dismiss(toast.id)
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <Button look="quiet" small onClick={() => dismiss(toast.id)} aria-label="Dismiss">
            <Icon name="close" size={12} />
          </Button>
        </div>
      ))}
    </div>
  )
}
