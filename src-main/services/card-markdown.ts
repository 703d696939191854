import type { ModelCard } from './card-content.ts'

/** A model card for people to read. */
export function renderModelCard(card: ModelCard): string {
  const { data, gate, folds = [], checks = [], warnings = [] } = card
  const parts = [
    `# ${card.model_id}: ${card.event}`,
    `${card.created_at} · pack ${card.pack_id}${card.simulated ? ' · **simulated data**' : ''}`,
    '## Data',
    table(
      ['Ticker', 'Cadence', 'From', 'To', 'Rows', 'Features', 'Label'],
      [[data.ticker, data.cadence, data.window.start, data.window.end, data.rows, card.features, card.label]],
    ),
    list(data.sources.map(({ id, simulated }) => `${id}${simulated ? ' (simulated)' : ''}`)),
    section('Metrics', pairs(card.metrics)),
    gate === undefined
      ? ''
      : section('Gate', `${gate.pass ? 'Passed' : `Failed: ${gate.reasons.join(', ')}`}`),
    checks.length === 0
      ? ''
      : table(
          ['Rule', 'Status', 'Limit', 'Observed'],
          checks.map((each) => [each.rule, each.status, each.limit, each.observed]),
        ),
    folds.length === 0
      ? ''
      : section(
          'Folds',
          table(
            ['Fold', 'Test from', 'Test to', 'Rows', 'Purged', 'Threshold', 'Sharpe'],
            folds.map((each) => [
              each.fold,
              each.test_start,
              each.test_end,
              each.test_rows,
              each.purged_rows,
              each.threshold,
              each.metrics.sharpe,
            ]),
          ),
        ),
    section('Assumptions', list(card.assumptions)),
    section('Risks', list(card.risks)),
    section('Warnings', list(warnings)),
    section('Parameters', pairs(card.params)),
    section('Lineage', pairs(card.lineage)),
    card.artifact === undefined ? '' : section('Artifact', `\`${card.artifact}\``),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function section(title: string, text: string): string {
  return text === '' ? '' : `## ${title}\n\n${text}`
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

function pairs(values: Record<string, unknown>): string {
  const rows = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  return rows.length === 0 ? '' : table(['Name', 'Value'], rows)
}

function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(4)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
