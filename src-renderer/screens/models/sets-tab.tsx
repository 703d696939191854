import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { SelectField } from '#renderer/components/field.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { SetEditor } from './set-editor.tsx'

/** Indicator sets of a pack. The link names pack and set; without a set a new one begins. */
export function SetsTab() {
  const { params } = useHash()
  const packs = useQuery('listPacks', {})
  const pack = params['pack'] ?? packs.data?.packs[0]?.id
  const list = useQuery('listPackIndicatorSets', pack === undefined ? null : { params: { pack_id: pack } })
  const name = params['set']
  const isNew = name === undefined && params['new'] === '1'
  const shown = isNew ? undefined : (name ?? list.data?.indicator_sets[0]?.name)
  return (
    <QueryView query={packs}>
      {(data) =>
        pack === undefined ? (
          <Panel title="Indicator sets">
            <EmptyState title="No pack">A set belongs to a pack, and there is none here.</EmptyState>
          </Panel>
        ) : (
          <>
            <div className="toolbar">
              <SelectField
                label="Pack"
                value={pack}
                onChange={(event) => setParams({ pack: event.target.value, set: undefined, new: undefined })}
              >
                {data.packs.map(({ id }) => (
                  <option key={id}>{id}</option>
                ))}
              </SelectField>
              <SelectField
                label="Set"
                value={shown ?? ''}
                onChange={(event) => setParams({ set: event.target.value, new: undefined })}
              >
                {shown === undefined && <option value="">a new set</option>}
                {list.data?.indicator_sets.map((each) => (
                  <option key={each.name}>{each.name}</option>
                ))}
                {shown !== undefined &&
                  list.data?.indicator_sets.some((each) => each.name === shown) === false && (
                    <option>{shown}</option>
                  )}
              </SelectField>
              <Button onClick={() => setParams({ pack, set: undefined, new: '1' })}>New set</Button>
            </div>
            {shown === undefined ? (
              isNew && <SetEditor key={`${pack} new`} packId={pack} file={null} onStale={() => {}} />
            ) : (
              <OpenSet key={`${pack} ${shown}`} packId={pack} name={shown} />
            )}
          </>
        )
      }
    </QueryView>
  )
}

function OpenSet({ packId, name }: { packId: string; name: string }) {
  const query = useQuery('getIndicatorSet', { query: { pack_id: packId, name } })
  return (
    <QueryView query={query} lines={8}>
      {(file) => <SetEditor packId={packId} file={file} onStale={query.retry} />}
    </QueryView>
  )
}
