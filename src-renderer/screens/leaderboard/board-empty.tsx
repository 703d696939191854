import { Button } from '#renderer/components/button.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId } from '#renderer/stores/context.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import type { Board } from './use-board-query.ts'

/** Why no row is here, with each filter that can be lifted. */
export function BoardEmpty({ board }: { board: Board }) {
  const linkTo = useLinkTo()
  const [, setModelId] = useModelId()
  return (
    <section className="panel" aria-label="Runs">
      <EmptyState
        title={
          board.isFlipsOnly
            ? 'No configuration flips between profiles'
            : `No ${board.isPassingOnly ? 'passing ' : ''}runs for this view`
        }
        action={
          <div className="row">
            {board.isFlipsOnly && (
              <Button onClick={() => setParams({ flips: undefined })}>Show what does not flip too</Button>
            )}
            {board.isPassingOnly && (
              <Button onClick={() => setParams({ pass_gate: undefined })}>Show failing runs too</Button>
            )}
            {!board.isEveryProfile && (
              <Button onClick={() => setParams({ profiles: 'all' })}>Show every risk profile</Button>
            )}
            {board.modelId !== '' && <Button onClick={() => setModelId('')}>Show all models</Button>}
            {board.sweepId !== undefined && (
              <Button onClick={() => setParams({ sweep_id: undefined })}>Show every sweep</Button>
            )}
            <a className="button primary" href={linkTo('sweeps')}>
              Run a sweep{board.isEveryProfile ? '' : ` as ${board.profile}`}
            </a>
          </div>
        }
      >
        {board.isFlipsOnly && 'Sweep the same configurations under another profile to see what flips. '}
        Each run is gated under the risk profile of its sweep. The view asks for{' '}
        {board.isEveryProfile ? 'every profile' : board.profile}
        {board.modelId === '' ? '' : ` and ${board.modelId}`}.
      </EmptyState>
    </section>
  )
}
