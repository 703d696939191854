import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { humanize } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { useLinkTo, useProfile } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { riskProfiles } from '#shared/contract/schemas.ts'
import { countDifferences, type RiskRow } from './read-budget.ts'
import { RiskEditor } from './risk-editor.tsx'

interface PackBudgets {
  pack: string
  rows: readonly RiskRow[]
}

/** Risk budgets by pack and profile. The link names the pack; the profile is that of the top bar. */
export function RiskTab() {
  const query = useQuery('listRiskProfiles', { query: {} })
  const [profile] = useProfile()
  const { params } = useHash()
  const linkTo = useLinkTo()
  return (
    <QueryView query={query} lines={8}>
      {({ profiles, rules }) => {
        const packs = [...Map.groupBy(profiles, ({ pack_id }) => pack_id)].map(([pack, rows]) => ({
          pack,
          rows,
        }))
        const chosen = packs.find(({ pack }) => pack === params['pack']) ?? packs[0]
        const row = chosen?.rows.find((each) => each.profile === profile)
        if (chosen === undefined || row === undefined) {
          return (
            <Panel title="Risk budgets">
              <EmptyState title="No pack has risk budgets">
                A pack.yaml that can be read has one for each profile; what is wrong stands under Packs.
              </EmptyState>
            </Panel>
          )
        }
        return (
          <>
            <Panel title="Risk budgets" note={<span className="muted">version in force</span>} flush>
              <Table
                label="Risk budgets"
                columns={columnsOf(linkTo, row)}
                rows={packs}
                rowKey={({ pack }) => pack}
                isCurrent={({ pack }) => pack === chosen.pack}
              />
            </Panel>
            <RiskEditor key={`${row.pack_id} ${row.profile} ${row.version}`} row={row} rules={rules} />
          </>
        )
      }}
    </QueryView>
  )
}

function columnsOf(linkTo: ReturnType<typeof useLinkTo>, current: RiskRow): TableColumn<PackBudgets>[] {
  return [
    { title: 'Pack', cell: ({ pack }) => pack },
    ...riskProfiles.map((profile) => ({
      title: humanize(profile),
      cell: ({ pack, rows }: PackBudgets) => {
        const row = rows.find((each) => each.profile === profile)
        if (row === undefined) return null
        const isCurrent = row.pack_id === current.pack_id && profile === current.profile
        return (
          <span className="row">
            <a
              href={linkTo('admin', { tab: 'risk', pack, profile })}
              aria-current={isCurrent ? 'true' : undefined}
            >
              version {row.version}
            </a>
            <Drift row={row} />
          </span>
        )
      },
    })),
  ]
}

/** How far a budget has come from the one that ships. */
function Drift({ row: { risk_budget, shipped } }: { row: RiskRow }) {
  if (shipped === null) return <Badge>your own</Badge>
  const count = countDifferences(risk_budget, shipped)
  return count === 0 ? (
    <Badge>as shipped</Badge>
  ) : (
    <Badge tone="warn">
      {count} {count === 1 ? 'rule differs' : 'rules differ'}
    </Badge>
  )
}
