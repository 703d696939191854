import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatCount } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Sha } from '#renderer/components/sha.tsx'
import { Table } from '#renderer/components/table.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

type BuildRun = ReplyOf<'listBuildRuns'>['rows'][number]

/** Earlier builds of the model. */
export function BuildList({ rows, current }: { rows: readonly BuildRun[]; current: string | undefined }) {
  const linkTo = useLinkTo()
  return (
    <Panel title="Earlier builds" flush>
      <Table
        label="Earlier builds"
        rows={rows}
        rowKey={(row) => row.id}
        isCurrent={(row) => row.matrix_sha === current}
        maxHeight={220}
        columns={[
          {
            title: 'Build',
            cell: (row) => <a href={linkTo('matrix', { sha: row.matrix_sha })}>#{row.id}</a>,
          },
          { title: 'Matrix', cell: (row) => <Sha label="matrix sha" sha={row.matrix_sha} /> },
          { title: 'Rows', numeric: true, cell: (row) => formatCount(numberOf(row.metrics['rows'])) },
          { title: 'Tag', cell: (row) => row.tag ?? '', spare: 1 },
          { title: `Built (${zoneName()})`, cell: (row) => formatTime(row.finished_at) },
          { title: 'File', cell: (row) => <code>{row.out_csv_uri}</code> },
        ]}
      />
    </Panel>
  )
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
