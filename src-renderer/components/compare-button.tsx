import { MAX_COMPARED, useCompare } from '#renderer/stores/compare.ts'

/** Ticks a run for comparison. */
export function CompareButton({ id }: { id: string }) {
  const isIn = useCompare(({ ids }) => ids.includes(id))
  const isFull = useCompare(({ ids }) => ids.length >= MAX_COMPARED)
  const toggle = useCompare((comparison) => comparison.toggle)
  return (
    <input
      type="checkbox"
      className="tick"
      aria-label={`Compare run ${id}`}
      data-testid="compare-tick"
      checked={isIn}
      disabled={isFull && !isIn}
      title={isFull && !isIn ? `At most ${MAX_COMPARED} runs stand side by side` : 'Tick to compare'}
      onChange={() => toggle(id)}
    />
  )
}
