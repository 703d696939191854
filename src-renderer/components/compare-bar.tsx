import { useCompare } from '#renderer/stores/compare.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { Button } from './button.tsx'
import { formatPlural } from './format.ts'

/** What is ticked for comparison, and the way there. */
export function CompareBar() {
  const { ids, clear } = useCompare()
  const linkTo = useLinkTo()
  if (ids.length === 0) return <span className="muted">Tick runs to compare them</span>
  return (
    <span className="row">
      <a
        className="button small primary"
        data-testid="open-compare"
        href={linkTo('compare', { ids: ids.join(',') })}
      >
        Compare {formatPlural(ids.length, 'run')}
      </a>
      <Button small look="quiet" onClick={clear}>
        Clear
      </Button>
    </span>
  )
}
