import type { MatrixMeta } from '#main/ledger/matrices.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import type { FoldReport } from '#shared/contract/metrics.ts'
import type { Gate, GateCheck } from '#shared/contract/schemas.ts'

export type CardEvent = 'build' | 'backtest' | 'sweep' | 'train'

/** What a use case knows of the event; the rest of the card is read off the model and the matrix. */
export interface CardContent {
  params: Record<string, unknown>
  metrics: Record<string, unknown>
  lineage: Record<string, unknown>
  matrix: MatrixMeta
  folds?: readonly FoldReport[]
  gate?: Gate
  checks?: readonly GateCheck[]
  /** Per side, in basis points. */
  slippage_bps?: number
  artifact?: string
  /** Beyond those that follow from the model and the matrix. */
  assumptions?: readonly string[]
  risks?: readonly string[]
  warnings?: readonly string[]
}

export interface ModelCard extends Omit<CardContent, 'matrix'> {
  pack_id: string
  model_id: string
  event: CardEvent
  created_at: string
  simulated: boolean
  data: {
    ticker: string
    cadence: string
    window: { start: string; end: string }
    rows: number
    sources: MatrixMeta['sources']
  }
  label: string
  features: number
  fill: string
  assumptions: string[]
  risks: string[]
}

/** The whole card: what the event says, what the matrix says, and what follows from both. */
export function composeCard(
  model: LoadedModel,
  event: CardEvent,
  created_at: string,
  content: CardContent,
): ModelCard {
  const { matrix, assumptions = [], risks = [], ...rest } = content
  const { simulated, sources, date_window, fill } = matrix
  return {
    pack_id: model.packId,
    model_id: model.modelId,
    event,
    created_at,
    simulated,
    data: { ticker: matrix.ticker, cadence: matrix.cadence, window: date_window, rows: matrix.rows, sources },
    label: model.label.text,
    features: matrix.features.length,
    fill,
    ...rest,
    assumptions: [...impliedAssumptions(content), ...assumptions],
    risks: [...impliedRisks(content), ...risks],
  }
}

function impliedAssumptions({ matrix, slippage_bps }: CardContent): string[] {
  const notes = [`Trades on this matrix are filled by the rule ${matrix.fill}.`]
  if (slippage_bps !== undefined)
    notes.push(`Each side costs ${slippage_bps} basis points; nothing else is charged.`)
  if (matrix.simulated)
    notes.push('At least one series is simulated: figures show how the tools work, not what a market did.')
  return notes
}

function impliedRisks({ matrix, gate, checks = [] }: CardContent): string[] {
  const risks: string[] = []
  if (gate !== undefined && !gate.pass) risks.push(`The gate failed: ${gate.reasons.join(', ')}.`)
  const blind = checks.filter(({ status }) => status === 'not_applicable').map(({ rule }) => rule)
  if (blind.length > 0) risks.push(`Not checked, because it does not apply here: ${blind.join(', ')}.`)
  if (matrix.rows < 500) risks.push(`Only ${matrix.rows} rows: figures are uncertain.`)
  return risks
}
