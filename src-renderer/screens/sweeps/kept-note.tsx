import { formatCount } from '#renderer/components/format.ts'

/** How many configurations a view shows; every view of a sweep says the same. */
export function KeptNote({ id, kept, total }: { id: string; kept: number; total: number }) {
  return (
    <span className="muted" data-testid={`kept-${id}`} data-count={kept}>
      {kept === total ? formatCount(total) : `${formatCount(kept)} of ${formatCount(total)}`}
    </span>
  )
}
