import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { Artifact } from '#main/ledger/artifacts.ts'
import type { StoredSignal } from '#main/ledger/signals.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { newYorkDate } from '#shared/calendar/new-york.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { explainRowsJob } from '#shared/jobs/explain-rows.ts'
import { createArtifactRows, type ScoredWindow } from './artifact-rows.ts'
import type { ServiceContext } from './context.ts'
import { decideContract } from './decide-contract.ts'
import { locatePolicy } from './decision-sources.ts'
import { describeDecision, outcomeOf, type RowDecision } from './describe-decision.ts'
import { readExplanation } from './explanation-file.ts'
import type { DecisionService } from './index.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { isoTime } from './matrix-store.ts'
import { towardsUp, valuesOnly } from './row-contributions.ts'
import { gatherFacts } from './row-facts.ts'
import { changedKeys, replayBacktest, withWhatIf } from './what-if.ts'

type Body = InputOf<'explainRow'>['body']
type RowReply = ReplyOf<'explainRow'>
type WhatIf = NonNullable<Body['what_if']>

/** How far contributions may stand from what onnxruntime scores: beyond it they explain another model. */
const MAX_DIFFERENCE = 1e-6
const TOP = 20

/** The one row of a request, scored. */
interface ScoredRow {
  scored: ScoredWindow
  row: number
}

/** Explains single decisions: what a row's score is made of and which rules it meets on its way to an order. */
export function createDecisionService(
  context: ServiceContext,
  matrices: Pick<MatrixBuilds, 'ensure' | 'requireMatrix'>,
): DecisionService {
  const { ledger, packStore, runner, root } = context
  const artifactRows = createArtifactRows(context, matrices)

  runner.define<Body, RowReply>('explain_row', {
    title: ({ model_id }) => `Decision of ${model_id}`,
    run: runNow,
  })

  async function runNow(body: Body, job: JobRunContext): Promise<RowReply> {
    const model = packStore.model(body.model_id, body.pack_id)
    const signal = signalOf(model, body)
    const profile = body.risk_profile ?? signal?.risk_profile ?? 'balanced'
    const artifact =
      (signal && ledger.artifacts.at(signal.artifact)) ?? artifactRows.require(model.modelId, profile)
    const { path, text } = packStore.explainPolicy(model)
    const { effective } = packStore.policy(model)
    const execution = withWhatIf(effective, body.what_if)
    const at = signal?.ts ?? body.ts
    const window = await artifactRows.newestWindow(model, undefined, at && dateOf(at))
    const scored = await scoreUnder(model, artifact, window, execution, body.what_if)
    const row = rowAt(scored, at)
    const { matrix, meta, usage } = scored
    const ts = isoTime(matrix.ts[row]!)
    const parts = await explainScore(artifact, { scored, row }, body.top ?? TOP, job)
    const decide = async (whatIf: WhatIf | undefined) => {
      const inForce = withWhatIf(effective, whatIf)
      const own =
        whatIf === body.what_if ? scored : await scoreUnder(model, artifact, window, inForce, whatIf)
      const sources = locatePolicy({ path, text }, changedKeys(whatIf ?? {}, effective))
      const facts = await gatherFacts(
        context,
        { model, profile, scored: own, row, execution: inForce, whatIf, effective },
        sources,
      )
      return withContract(model, meta.ticker, ts, describeDecision(facts, sources), inForce, sources)
    }
    const decision = await decide(body.what_if)
    const hour = matrix.hourEt[row]!
    const differs = signal && Math.abs(signal.score_total - parts.p) > 1e-9
    return {
      model_id: model.modelId,
      pack_id: model.packId,
      risk_profile: profile,
      ...{
        ticker: meta.ticker,
        ts,
        date: sessionDate(matrix.session[row]!),
        hour_et: hour < 0 ? null : hour,
      },
      ...{ signal_id: signal?.id ?? null, simulated: meta.simulated },
      ...{ artifact: artifact.uri, lineage: usage.lineage },
      contributions: parts.contributions,
      classes: parts.classes,
      score_total: Number.isNaN(parts.p) ? null : parts.p,
      steps: [...parts.steps, ...decision.steps],
      outcome: outcomeOf(decision),
      what_if: body.what_if
        ? {
            changed: changesOf(body.what_if, effective, usage.threshold),
            outcome_before: outcomeOf(await decide(undefined)),
            backtest: await replayBacktest(context, model, body.what_if, execution, job),
          }
        : null,
      warnings: [
        ...parts.warnings,
        ...(differs ? [`the signal was given at ${signal.score_total}: the data behind it has changed`] : []),
      ],
    }
  }

  return {
    async explainRow(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const job = runner.submit('explain_row', body, {
        subject: { model_id: model.modelId },
        priority: 'interactive',
      })
      return runner.wait<RowReply>(job.job_id)
    },
  }

  /** The signal asked for, else without a time the newest of the model and profile. */
  function signalOf(model: LoadedModel, { signal_id, ts, risk_profile }: Body): StoredSignal | undefined {
    if (signal_id !== undefined && ts !== undefined) {
      throw new SigmaError('INVALID_PARAM', 'give either signal_id or ts')
    }
    if (ts !== undefined) return undefined
    const model_id = model.modelId
    if (signal_id === undefined)
      return ledger.signals.list({ model_id, risk_profile: risk_profile ?? 'balanced', limit: 1, offset: 0 })
        .rows[0]
    const signal = ledger.signals.get(signal_id)
    if (signal?.model_id === model_id) return signal
    throw new SigmaError('NOT_FOUND', `model ${model_id} has no signal ${signal_id}`)
  }

  /** The window with the columns that the settings ask for; a momentum gate that is only tried brings its own. */
  async function scoreUnder(
    model: LoadedModel,
    artifact: Artifact,
    window: { start: string; end: string },
    { brackets, momentum_column }: ReturnType<typeof withWhatIf>,
    whatIf: WhatIf | undefined,
  ): Promise<ScoredWindow> {
    const { momentum_gate: isTried, momentum_column: named } = whatIf?.execution ?? {}
    const trained = artifact.meta['momentum_column']
    const column = named ?? (isTried && trained === null ? momentum_column : undefined)
    return artifactRows.score(model, artifact, window, brackets.atr_period, column)
  }

  /** Probabilities by onnxruntime, and what made them as far as the artifact's file tells. */
  async function explainScore(
    artifact: Artifact,
    { scored, row }: ScoredRow,
    top: number,
    job: JobRunContext,
  ) {
    const { usage, columns, proba, p: scores } = scored
    const { features, classes } = usage
    const values = columns.map((column) => column[row]!)
    const calibrated = proba.subarray(row * classes.length, (row + 1) * classes.length)
    const p = scores[row]!
    const explanation = await readExplanation(root, artifact)
    const warnings: string[] = []
    let raw: (number | null)[] = classes.map(() => null)
    let contributions = valuesOnly(features, values, top)
    if (explanation === null) {
      warnings.push(`${artifact.uri} has no contributions beside it: train the model again to have them`)
    } else {
      const rows = values.map((value) => Float64Array.of(value))
      const result = await job.run(explainRowsJob, { explanation, columns: rows }, { report: () => {} })
      if (calibrated.every((each, c) => Math.abs(each - result.proba[c]!) <= MAX_DIFFERENCE)) {
        raw = Array.from(result.rawProba)
        contributions = towardsUp(result, features, classes, values, top)
      } else warnings.push('contributions are left out: they do not lead to the score that onnxruntime gives')
    }
    const shown = classes.map((name, c) => ({ class: name, raw: raw[c]!, calibrated: calibrated[c]! }))
    return { p, contributions, classes: shown, steps: scoreSteps(contributions, shown, p), warnings }
  }

  /** Adds the option that an options model would buy. */
  async function withContract(
    model: LoadedModel,
    ticker: string,
    ts: string,
    decision: RowDecision,
    execution: ReturnType<typeof withWhatIf>,
    sources: ReturnType<typeof locatePolicy>,
  ): Promise<RowDecision> {
    const { steps, order, stopped } = decision
    if (model.assetType !== 'opt' || order === null) return decision
    const { selection } = execution.options
    const question = { model, ticker, ts, date: dateOf(ts), order, selection }
    const found = await decideContract(context, { ...question, slippageBps: execution.slippage_bps })
    const step = {
      ...{ id: 'contract' as const, rule: 'the option nearest the target delta that passes the filters' },
      ...{ limit: selection.target_delta, ...sources.of('options.selection.target_delta') },
    }
    if (typeof found !== 'string') {
      const sets = { ...step, value: found.occ_symbol, effect: 'sets' as const, note: null }
      return { steps: [...steps, sets], order: { ...order, contract: found }, stopped }
    }
    const stops = { ...step, value: null, effect: 'stops' as const, note: found }
    return { steps: [...steps, stops], order, stopped: stopped ?? { id: 'contract', reason: found } }
  }
}

/** The steps before any rule: what the model says. */
function scoreSteps(
  { margin }: RowReply['contributions'],
  classes: RowReply['classes'],
  p: number,
): RowReply['steps'] {
  const shared = { limit: null, effect: 'sets' as const, from: 'artifact' as const, source: null, note: null }
  const list = (pick: (each: RowReply['classes'][number]) => number | null) =>
    classes.map((each) => `${each.class} ${pick(each)?.toFixed(4) ?? 'unknown'}`).join(', ')
  return [
    {
      ...{ ...shared, id: 'score' as const, rule: 'the model scores the features of the row' },
      ...{
        value: list(({ raw }) => raw),
        note: margin === null ? null : `margin towards UP ${margin.toFixed(4)}`,
      },
    },
    {
      ...{ ...shared, id: 'calibration' as const, rule: 'the calibrator turns scores into probabilities' },
      value: list(({ calibrated }) => calibrated),
    },
    {
      ...{ ...shared, id: 'direction' as const, rule: 'P(UP) / (P(UP) + P(DOWN))' },
      value: Number.isNaN(p) ? null : p,
    },
  ]
}

/** The row decided at an instant, else the newest. */
function rowAt({ matrix, meta }: ScoredWindow, at: string | undefined): number {
  if (matrix.rows === 0) throw new SigmaError('NO_DATA', `there is no row of ${meta.ticker} to explain`)
  if (at === undefined) return matrix.rows - 1
  const wanted = Date.parse(at)
  const row = matrix.ts.indexOf(wanted)
  if (row >= 0) return row
  const nearest = matrix.ts.reduce((a, b) => (Math.abs(b - wanted) < Math.abs(a - wanted) ? b : a))
  throw new SigmaError('NO_DATA', `no row is decided at ${at}; the nearest is ${isoTime(nearest)}`)
}

function dateOf(ts: string): string {
  const instant = Date.parse(ts)
  if (Number.isFinite(instant) && instant > 0) return newYorkDate(instant)
  throw new SigmaError('INVALID_PARAM', `ts must be a time in ISO 8601, got ${ts}`)
}

function changesOf(whatIf: WhatIf, effective: Parameters<typeof withWhatIf>[0], threshold: number): string[] {
  const changed = [...changedKeys(whatIf, effective)].map((key) => `execution.${key}`)
  return whatIf.threshold === undefined || whatIf.threshold === threshold
    ? changed
    : ['threshold', ...changed]
}
