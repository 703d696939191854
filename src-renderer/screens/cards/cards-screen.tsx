import { pickFirstModel } from '#renderer/api/default-sweep.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { CardList } from './card-list.tsx'
import { CardPage } from './card-page.tsx'
import { LineagePanel } from './lineage-panel.tsx'

/** What is on record about a model, and what was made of what. The link names the card (`file=`). */
export function CardsScreen() {
  const models = useQuery('listModels', { query: {} })
  const [chosen] = useModelId()
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Cards and lineage</h1>
        <span className="muted">what is on record, and what it rests on</span>
      </div>
      <QueryView query={models} lines={8}>
        {({ models: list }) => {
          // A link may name a model that is gone: its cards stay.
          const modelId = chosen !== '' ? chosen : pickFirstModel(list)?.id
          if (modelId === undefined)
            return (
              <section className="panel" aria-label="Cards">
                <EmptyState title="No model yet">Install a pack, or create a model first.</EmptyState>
              </section>
            )
          return (
            <>
              <LineagePanel key={modelId} modelId={modelId} />
              <ModelCards modelId={modelId} />
            </>
          )
        }}
      </QueryView>
    </div>
  )
}

function ModelCards({ modelId }: { modelId: string }) {
  const linkTo = useLinkTo()
  const cards = useQuery('listModelCards', { query: { model_id: modelId, limit: 200 } })
  const named = useHash().params['file']
  const rows = cards.data?.cards ?? []
  const file = rows.some((card) => card.file === named) ? named : rows[0]?.file
  const input = { query: { model_id: modelId, ...(file === undefined ? {} : { file }) } }
  const card = useQuery('getModelCard', file === undefined ? null : input)
  return (
    <QueryView query={cards}>
      {({ cards: list, total }) =>
        list.length === 0 ? (
          <section className="panel" aria-label="Cards">
            <EmptyState
              title={`No card of ${modelId} yet`}
              action={
                <a className="button primary" href={linkTo('sweeps', { model_id: modelId })}>
                  Sweep it
                </a>
              }
            >
              Every build, backtest and training writes a card that says what was done on which data.
            </EmptyState>
          </section>
        ) : (
          <div className="side-by-side left">
            <CardList cards={list} total={total} current={file} />
            <section className="panel" aria-label="Card">
              <div className="panel-body">
                <QueryView query={card} lines={8}>
                  {(reply) => <CardPage reply={reply} />}
                </QueryView>
                <CopyRequest operationId="getModelCard" input={input} />
              </div>
            </section>
          </div>
        )
      }
    </QueryView>
  )
}
