import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { cartKey, useCart } from '#renderer/stores/cart.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { CartGroup } from './cart-group.tsx'
import { TrainForm, type TrainOptions, trainBody } from './train-form.tsx'
import { TrainQueue } from './train-queue.tsx'

/** From the cart to trained models. */
export function TrainScreen() {
  const items = useCart((cart) => cart.items)
  const linkTo = useLinkTo()
  const push = useToasts((store) => store.push)
  const train = useAction('trainBatch')
  const [failing, setFailing] = useState<ReadonlySet<string>>(new Set())
  const [options, setOptions] = useState<TrainOptions>({
    algorithm: '',
    seed: '',
    tag: '',
    isOverride: false,
  })
  const groups = Map.groupBy(items, (item) => `${item.lineage.risk_profile}|${item.model_id}`)
  const failingCount = items.filter((item) => failing.has(cartKey(item))).length
  const body = trainBody(items, options, failing)

  const run = async () => {
    const reply = await train.run({ body })
    if (reply !== undefined)
      push({ tone: 'good', text: `${formatPlural(reply.job_ids.length, 'training job')} queued` })
  }
  const report = (key: string, isFailing: boolean) =>
    setFailing((now) => {
      if (now.has(key) === isFailing) return now
      const next = new Set(now)
      if (isFailing) next.add(key)
      else next.delete(key)
      return next
    })

  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Train</h1>
        <span className="muted">chosen configurations become ONNX models</span>
      </div>
      <div className="side-by-side">
        <Panel
          title="Selection cart"
          note={<span className="muted">{formatPlural(items.length, 'configuration')}</span>}
          flush
        >
          {items.length === 0 ? (
            <EmptyState
              title="The cart is empty"
              action={
                <a className="button primary" href={linkTo('leaderboard')}>
                  Choose on the leaderboard
                </a>
              }
            >
              Press the plus beside a run to put it here.
            </EmptyState>
          ) : (
            [...groups].map(([key, members]) => <CartGroup key={key} items={members} onGate={report} />)
          )}
        </Panel>
        <div className="stack">
          <TrainForm
            count={items.length}
            failing={failingCount}
            options={options}
            onChange={setOptions}
            onRun={() => void run()}
            pending={train.pending}
            error={train.error}
          />
          {items.length > 0 && <CopyRequest operationId="trainBatch" input={{ body }} />}
        </div>
      </div>
      <TrainQueue />
    </div>
  )
}
