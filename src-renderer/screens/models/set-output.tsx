import { formatCount } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'
import { ColumnChips } from './column-chips.tsx'

/** The columns that a matrix gets from a set, and how many rows they need before they say anything. */
export function SetOutput({ checked: { entries, columns } }: { checked: ReplyOf<'checkIndicatorSet'> }) {
  const longest = (unit: string) =>
    Math.max(0, ...entries.filter((each) => each.warmup_unit === unit).map(({ warmup }) => warmup))
  return (
    <Panel title="Columns that come out">
      <Stats
        label="What the set gives"
        stats={[
          { label: 'Indicators', value: formatCount(entries.length) },
          { label: 'Columns', value: formatCount(columns.length) },
          { label: 'Warm-up, rows', value: formatCount(longest('rows')) },
          { label: 'Warm-up, sessions', value: formatCount(longest('sessions')) },
        ]}
      />
      <ColumnChips columns={columns} />
    </Panel>
  )
}
