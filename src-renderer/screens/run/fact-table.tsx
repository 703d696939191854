import { Table } from '#renderer/components/table.tsx'
import { Tip } from '#renderer/components/tip.tsx'

/** Name, value, definition. */
export type Fact = [string, string, string]

/** Figures by name, each with its definition. */
export function FactTable({ label, facts }: { label: string; facts: readonly Fact[] }) {
  return (
    <Table
      label={label}
      rows={facts}
      rowKey={([name]) => name}
      columns={[
        { title: 'Figure', cell: ([name, , text]) => <Tip text={text}>{name}</Tip> },
        { title: 'Value', numeric: true, cell: ([, value]) => value },
      ]}
    />
  )
}
