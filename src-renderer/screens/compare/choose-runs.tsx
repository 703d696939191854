import { useState } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { MAX_COMPARED, parseRunIds } from '#renderer/stores/compare.ts'
import { useLinkTo, useModelId } from '#renderer/stores/context.ts'

interface ChooseRunsProps {
  ids: readonly string[]
  onChange: (ids: readonly string[]) => void
}

/** Adds runs by number; with fewer than two, says how to choose them. */
export function ChooseRuns({ ids, onChange }: ChooseRunsProps) {
  const [text, setText] = useState('')
  const linkTo = useLinkTo()
  const [modelId] = useModelId()
  const best = useQuery(
    'getLeaderboard',
    ids.length < 2 ? { query: { limit: 4, ...(modelId === '' ? {} : { model_id: modelId }) } } : null,
  ).data?.rows
  const parsed = parseRunIds(text)
  const isFull = ids.length >= MAX_COMPARED
  const problem = isFull ? `at most ${MAX_COMPARED} runs` : undefined
  return (
    <>
      <form
        className="toolbar"
        onSubmit={(event) => {
          event.preventDefault()
          if (parsed.length === 0) return
          onChange(parseRunIds([...ids, ...parsed].join(',')))
          setText('')
        }}
      >
        <TextField
          label="Add runs by number"
          placeholder="12, 15"
          size={14}
          value={text}
          disabled={isFull}
          problem={problem}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={parsed.length === 0 || isFull}>
          Add
        </Button>
      </form>
      {ids.length < 2 && (
        <section className="panel" aria-label="Choose runs">
          <EmptyState
            title={ids.length === 0 ? 'No runs chosen' : 'One more run is needed'}
            action={
              <div className="row">
                {best !== undefined && best.length > 1 && (
                  <Button
                    look="primary"
                    data-testid="compare-best"
                    onClick={() => onChange(parseRunIds([...ids, ...best.map(({ id }) => id)].join(',')))}
                  >
                    Compare the best {best.length}
                  </Button>
                )}
                <a className="button" href={linkTo('leaderboard')}>
                  Choose on the leaderboard
                </a>
              </div>
            }
          >
            Tick two to eight runs on the leaderboard or in a sweep, or compare what is in the cart.
          </EmptyState>
        </section>
      )}
    </>
  )
}
