import { useMemo } from 'react'
import { usePages } from '#renderer/api/use-pages.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { SelectField, TextField } from '#renderer/components/field.tsx'
import { formatCount } from '#renderer/components/format.ts'
import { countColumn, textColumn, timeColumn } from '#renderer/components/grid-columns.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { EmptyState, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { auditQuery, filterFields, methods, periods } from './audit-filter.ts'

type Row = ReplyOf<'listAdminAudit'>['rows'][number]

/** Every state-changing request of the workspace, refused ones too. The filter is in the link. */
export function AuditTab() {
  const { params } = useHash()
  const users = useQuery('listUsers', {}).data?.users
  const { period, query } = auditQuery(params, new Date())
  const pages = usePages('listAdminAudit', { query })
  const nameOf = useMemo(() => {
    const names = new Map(users?.map(({ id, email }) => [id, email]))
    return (id: number | null) => (id === null ? 'this machine' : (names.get(id) ?? `user ${id}`))
  }, [users])
  const columns = useMemo(() => columnsOf(nameOf), [nameOf])
  const isFiltered = filterFields.some((name) => params[name] !== undefined)

  return (
    <>
      <div className="toolbar">
        <fieldset className="field">
          <legend className="group-label">Time</legend>
          <Segmented
            label="Time"
            options={periods}
            value={period}
            onChange={(next) =>
              setParams({ period: next === 'week' ? undefined : next, start: undefined, end: undefined })
            }
          />
        </fieldset>
        <TextField
          label="From"
          type="date"
          value={query.start ?? ''}
          onChange={(event) => setParams({ period: 'dates', start: event.target.value })}
        />
        <TextField
          label="To"
          type="date"
          value={query.end ?? ''}
          onChange={(event) => setParams({ period: 'dates', end: event.target.value })}
        />
        <SelectField
          label="User"
          value={params['user'] ?? ''}
          onChange={(event) => setParams({ user: event.target.value })}
        >
          <option value="">Anybody</option>
          {users?.map(({ id, email }) => (
            <option key={id} value={id}>
              {email}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Method"
          value={params['method'] ?? ''}
          onChange={(event) => setParams({ method: event.target.value })}
        >
          <option value="">Any</option>
          {methods.map((method) => (
            <option key={method}>{method}</option>
          ))}
        </SelectField>
        <TextField
          label="Path"
          type="search"
          placeholder="/models or /admin/*"
          size={18}
          value={params['path'] ?? ''}
          onChange={(event) => setParams({ path: event.target.value })}
        />
        <TextField
          label="Pack"
          size={12}
          value={params['pack'] ?? ''}
          onChange={(event) => setParams({ pack: event.target.value })}
        />
        <TextField
          label="Model"
          size={22}
          value={params['model'] ?? ''}
          onChange={(event) => setParams({ model: event.target.value })}
        />
        <Button
          disabled={!isFiltered}
          onClick={() => setParams(Object.fromEntries(filterFields.map((name) => [name, undefined])))}
        >
          Clear
        </Button>
        <span className="spacer" />
        <CopyRequest operationId="listAdminAudit" input={{ query }} />
      </div>
      {pages.error !== undefined && pages.rows.length === 0 ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : pages.loading || users === undefined ? (
        <LoadingState lines={8} />
      ) : pages.rows.length === 0 ? (
        <Panel title="Audit">
          <EmptyState title="Nothing in this time and with this filter">
            Every request that changes something is noted here: when, who, what, and how it ended.
          </EmptyState>
        </Panel>
      ) : (
        <div className="panel fill">
          <DataGrid
            label="Audit"
            testId="audit-grid"
            rows={pages.rows}
            columns={columns}
            rowId={({ id }) => String(id)}
            csvName="audit"
            height={340}
            bar={
              pages.rows.length < pages.total && (
                <span>
                  reading {formatCount(pages.rows.length)} of {formatCount(pages.total)}
                </span>
              )
            }
          />
        </div>
      )}
    </>
  )
}

const columnsOf = (nameOf: (id: number | null) => string): GridColumn<Row>[] => [
  { ...timeColumn<Row>('When', ({ created_at }) => created_at), pinned: 'left' },
  textColumn('Who', ({ user_id }) => nameOf(user_id)),
  textColumn('Method', ({ method }) => method),
  textColumn('Path', ({ path }) => path),
  {
    ...countColumn<Row>('Status', ({ status }) => status),
    cellClass: ({ value }) => ['ag-right-aligned-cell', value >= 400 ? 'loss' : ''],
  },
  textColumn('Pack', ({ pack_id }) => pack_id),
  textColumn('Model', ({ model_id }) => model_id),
  textColumn('Details', ({ details }) => (details === null ? '' : JSON.stringify(details))),
  countColumn('Row', ({ id }) => id),
]
