import type { ReplyOf } from '#shared/contract/index.ts'
import type { FoldReport } from '#shared/contract/metrics.ts'
import type { Gate, GateCheck } from '#shared/contract/schemas.ts'

export interface CardSource {
  id: string
  simulated: boolean
  content_sha: string
}

/** What a card may say. Older cards say less, and a card is a file that anyone may edit: each part is read by its shape. */
export interface Card {
  event: string
  created_at: string
  model_id: string
  pack_id: string
  simulated: boolean
  ticker: string | null
  cadence: string | null
  start: string | null
  end: string | null
  rows: number | null
  sources: CardSource[]
  label: string | null
  features: number | null
  fill: string | null
  /** Basis points a side. */
  slippageBps: number | null
  artifact: string | null
  params: Record<string, unknown>
  metrics: Record<string, unknown>
  lineage: Record<string, unknown>
  folds: FoldReport[]
  gate: Gate | null
  checks: GateCheck[]
  assumptions: string[]
  risks: string[]
  warnings: string[]
}

export function readCard(reply: ReplyOf<'getModelCard'>): Card {
  const card = reply as unknown as Record<string, unknown>
  const data = record(card['data'])
  const window = record(data['window'])
  const gate = record(card['gate'])
  return {
    event: reply.event,
    created_at: reply.created_at,
    model_id: reply.model_id,
    pack_id: reply.pack_id,
    simulated: card['simulated'] === true,
    ticker: text(data['ticker']),
    cadence: text(data['cadence']),
    start: text(window['start']),
    end: text(window['end']),
    rows: number(data['rows']),
    sources: list(data['sources']).filter((each) => typeof record(each)['id'] === 'string') as CardSource[],
    label: text(card['label']),
    features: number(card['features']),
    fill: text(card['fill']),
    slippageBps: number(card['slippage_bps']),
    artifact: text(card['artifact']),
    params: record(card['params']),
    metrics: record(card['metrics']),
    lineage: record(card['lineage']),
    folds: list(card['folds']).filter(
      (each) => typeof record(each)['fold'] === 'number' && 'metrics' in record(each),
    ) as FoldReport[],
    gate: typeof gate['pass'] === 'boolean' ? { pass: gate['pass'], reasons: texts(gate['reasons']) } : null,
    checks: list(card['checks']).filter((each) => typeof record(each)['rule'] === 'string') as GateCheck[],
    assumptions: texts(card['assumptions']),
    risks: texts(card['risks']),
    warnings: texts(card['warnings']),
  }
}

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const texts = (value: unknown): string[] => list(value).filter((each) => typeof each === 'string')
