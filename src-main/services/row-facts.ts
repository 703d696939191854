import type { LoadedModel } from '#main/pack-store/types.ts'
import { sessionClose } from '#shared/calendar/sessions.ts'
import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import type { WhatIf } from '#shared/contract/explain-row.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import type { ScoredWindow } from './artifact-rows.ts'
import type { ServiceContext } from './context.ts'
import type { RowFacts } from './decide-row.ts'
import { locateBudget, type PolicySources } from './decision-sources.ts'
import { labelMinutes, sizeOf } from './signals.ts'

/** A row to decide on, with what is in force for it. */
export interface RowQuestion {
  model: LoadedModel
  profile: RiskProfile
  scored: ScoredWindow
  row: number
  /** Directional probability by onnxruntime. */
  p: number
  /** The policy's settings, and the same with those of the request. */
  effective: ExecutionEffective
  execution: ExecutionEffective
  whatIf: WhatIf | undefined
}

const artifactOrigin = { from: 'artifact' as const, source: null }
const fromRequest = { from: 'what_if' as const, source: null }

/** Gathers what the rules of a decision look at, and where each of them stands. */
export async function gatherFacts(
  { packStore, root }: Pick<ServiceContext, 'packStore' | 'root'>,
  question: RowQuestion,
  sources: PolicySources,
): Promise<RowFacts> {
  const { model, profile, scored, row, p, execution, whatIf } = question
  const { matrix, usage, atr } = scored
  const { budget } = packStore.riskBudget(model.packId, profile)
  const ofBudget = (key: string) => locateBudget(root, model.packId, profile, key)
  const hour = matrix.hourEt[row]!
  const inBudget = JSON.stringify(budget['allowed_hours'] ?? null) === JSON.stringify(usage.hours)
  const isTried = whatIf?.threshold !== undefined && whatIf.threshold !== usage.threshold
  return {
    p,
    hour: hour < 0 ? null : hour,
    isLastBar: matrix.cadence !== 'daily' && matrix.ts[row]! >= sessionClose[matrix.session[row]!]!,
    close: matrix.close[row]!,
    atr: atr[row]!,
    momentum: momentumOf(question, sources),
    hours: {
      allowed: usage.hours,
      origin: inBudget && usage.hours !== null ? await ofBudget('allowed_hours') : artifactOrigin,
      note: usage.hours === null ? 'every hour may decide' : 'the hours that the model was trained for',
    },
    threshold: {
      value: whatIf?.threshold ?? usage.threshold,
      origin: isTried ? fromRequest : artifactOrigin,
      note: isTried
        ? `${usage.threshold} is in force`
        : 'chosen when the model was trained, on scores of rows that its inner models had not seen',
    },
    sizeR: { value: sizeOf(budget, profile), origin: await ofBudget('size_r') },
    labelMinutes: labelMinutes(model),
    execution,
  }
}

/** The gate that the artifact was trained with decides, as it does for signals; a policy edited since is told of. */
function momentumOf(
  { scored, row, effective, execution, whatIf }: RowQuestion,
  sources: PolicySources,
): RowFacts['momentum'] {
  const { usage, momentum } = scored
  const tried = whatIf?.execution ?? {}
  const isTrained = usage.momentum_column !== null
  const isOn = tried.momentum_gate ?? isTrained
  const column = tried.momentum_column ?? usage.momentum_column ?? execution.momentum_column
  const min = tried.momentum_min ?? (isTrained ? usage.momentum_min : execution.momentum_min)
  const isOfPolicy =
    isTrained === effective.momentum_gate &&
    (!isTrained ||
      (usage.momentum_column === effective.momentum_column && usage.momentum_min === effective.momentum_min))
  const isTried =
    tried.momentum_gate !== undefined ||
    tried.momentum_min !== undefined ||
    tried.momentum_column !== undefined
  const policyOrigin = sources.of(isOn ? 'momentum_min' : 'momentum_gate')
  const origin = isTried
    ? { ...policyOrigin, from: 'what_if' as const }
    : isOfPolicy
      ? policyOrigin
      : artifactOrigin
  const note =
    isOfPolicy || isTried
      ? null
      : 'the policy or a request said otherwise at training: train again to follow the policy'
  if (!isOn) return { gate: null, origin, note }
  return { gate: { column, value: momentum?.[row] ?? Number.NaN, min }, origin, note }
}
