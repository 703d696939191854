import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { formatCount, MISSING } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { ProblemList } from '#renderer/components/problem-list.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { PackFilter } from './pack-filter.tsx'

type Pack = ReplyOf<'listAdminPacks'>['packs'][number]
type IndicatorSet = ReplyOf<'listAdminIndicatorSets'>['indicator_sets'][number]

/** Packs with what they hold and what is wrong with them, and the indicator sets of one or of all. */
export function PacksTab() {
  const packs = useQuery('listAdminPacks', {})
  const chosen = useHash().params['pack'] ?? ''
  const sets = useQuery('listAdminIndicatorSets', { query: chosen === '' ? {} : { pack: chosen } })
  const linkTo = useLinkTo()
  const setColumns: TableColumn<IndicatorSet>[] = [
    {
      title: 'Set',
      cell: ({ name, pack_id, path }) => (
        <a href={linkTo('models', { tab: 'sets', pack: pack_id, set: name })} title={path}>
          {name}
        </a>
      ),
    },
    { title: 'Pack', cell: ({ pack_id }) => pack_id },
    { title: 'Version', numeric: true, cell: ({ version }) => version ?? MISSING },
    { title: 'Indicators', numeric: true, cell: ({ indicators }) => formatCount(indicators.length) },
    { title: 'What for', cell: ({ description }) => description ?? '', wrap: true },
  ]
  return (
    <>
      <QueryView query={packs}>
        {(data) => (
          <>
            <Panel title="Packs" flush>
              {data.packs.length === 0 ? (
                <EmptyState title="No packs">A folder in packs/ with a pack.yaml is one.</EmptyState>
              ) : (
                <Table
                  label="Packs"
                  columns={packColumns(linkTo)}
                  rows={data.packs}
                  rowKey={({ id }) => id}
                  isCurrent={({ id }) => id === chosen}
                />
              )}
            </Panel>
            {data.packs.some(({ problems }) => problems.length > 0) && (
              <Panel title="What is wrong" note={<Badge tone="bad">the rest works on</Badge>}>
                <ProblemList problems={data.packs.flatMap(({ problems }) => problems)} />
              </Panel>
            )}
          </>
        )}
      </QueryView>
      <Panel
        title="Indicator sets"
        flush
        actions={
          <PackFilter
            packs={packs.data?.packs.map(({ id }) => id) ?? []}
            pack={chosen}
            onChange={(pack) => setParams({ pack })}
          />
        }
      >
        <QueryView query={sets}>
          {({ indicator_sets }) => (
            <Table
              label="Indicator sets"
              columns={setColumns}
              rows={indicator_sets}
              rowKey={({ path }) => path}
            />
          )}
        </QueryView>
      </Panel>
    </>
  )
}

const packColumns = (linkTo: ReturnType<typeof useLinkTo>): TableColumn<Pack>[] => [
  {
    title: 'Pack',
    cell: ({ id, meta }) => (
      <>
        <a href={linkTo('models', { pack: id })}>{id}</a> <span className="muted">{meta.name}</span>
      </>
    ),
  },
  { title: 'What it is for', cell: ({ meta }) => meta.description, wrap: true },
  { title: 'Horizon', cell: ({ meta }) => meta.horizon ?? MISSING },
  { title: 'Bars', cell: ({ meta }) => meta.cadence ?? MISSING },
  { title: 'Models', numeric: true, cell: ({ models }) => formatCount(models) },
  {
    title: 'Sets',
    numeric: true,
    cell: ({ id, indicator_sets }) => (
      <a href={linkTo('admin', { tab: 'packs', pack: id })}>{formatCount(indicator_sets)}</a>
    ),
  },
  {
    title: 'Templates',
    numeric: true,
    cell: ({ id, templates }) => (
      <a href={linkTo('admin', { tab: 'templates', pack: id })}>{formatCount(templates)}</a>
    ),
  },
  { title: 'Drafts', numeric: true, cell: ({ drafts }) => formatCount(drafts) },
  {
    title: 'Risk',
    cell: ({ id }) => <a href={linkTo('admin', { tab: 'risk', pack: id })}>budgets</a>,
  },
  {
    title: 'State',
    cell: ({ problems }) =>
      problems.length === 0 ? (
        <Badge tone="good">sound</Badge>
      ) : (
        <Badge tone="bad">
          {problems.length} {problems.length === 1 ? 'mistake' : 'mistakes'}
        </Badge>
      ),
  },
]
