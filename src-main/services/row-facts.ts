import type { LoadedModel } from '#main/pack-store/types.ts'
import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import type { WhatIf } from '#shared/contract/explain-row.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import { thresholdAt } from '#shared/decision/position.ts'
import { decisionRow, type ScoredWindow } from './artifact-rows.ts'
import { whyNoBrackets } from './bracket-plan.ts'
import type { ServiceContext } from './context.ts'
import { locateBudget, type PolicySources } from './decision-sources.ts'
import type { DecisionQuestion, Told } from './describe-decision.ts'
import { sizeOf } from './signals.ts'
import { rulesInForce, trainedThreshold } from './trade-rules.ts'

/** A row to decide on, with what is in force for it. */
export interface RowQuestion {
  model: LoadedModel
  profile: RiskProfile
  scored: ScoredWindow
  row: number
  /** The policy's settings, and the same with those of the request. */
  effective: ExecutionEffective
  execution: ExecutionEffective
  whatIf: WhatIf | undefined
}

const artifactOrigin = { from: 'artifact' as const, source: null }
const fromRequest = { from: 'what_if' as const, source: null }
const trainedOtherwise =
  'the policy or a request said otherwise at training: train again to follow the policy'

/** Gathers what the rules of a decision look at, and where each of them stands. */
export async function gatherFacts(
  { packStore, root }: Pick<ServiceContext, 'packStore' | 'root'>,
  question: RowQuestion,
  sources: PolicySources,
): Promise<DecisionQuestion> {
  const { model, profile, scored, row, execution, whatIf } = question
  const { usage, meta } = scored
  const { budget } = packStore.riskBudget(model.packId, profile)
  const ofBudget = (key: string) => locateBudget(root, model.packId, profile, key)
  const inBudget = JSON.stringify(budget['allowed_hours'] ?? null) === JSON.stringify(usage.hours)
  const why = whyNoBrackets(meta)
  return {
    row: decisionRow(scored, row),
    rules: rulesInForce(scored, execution, whatIf),
    momentumColumn: whatIf?.execution?.momentum_column ?? usage.momentum_column ?? execution.momentum_column,
    told: {
      threshold: tellThreshold(question),
      hours: {
        origin: inBudget && usage.hours !== null ? await ofBudget('allowed_hours') : artifactOrigin,
        note: usage.hours === null ? 'every hour may decide' : 'the hours that the model was trained for',
      },
      momentum: tellMomentum(question, sources),
      size: tellSize(question, sources),
      brackets:
        why === null
          ? { origin: sources.of('brackets.enabled'), note: null }
          : { origin: { from: 'model', source: null }, note: why },
    },
    sizeR: { value: sizeOf(budget, profile), origin: await ofBudget('size_r') },
  }
}

/** Names the threshold that applies: that of the hour where the hour has one. */
function tellThreshold({ scored: { usage, matrix }, row, whatIf }: RowQuestion): Told {
  const trained = trainedThreshold(usage)
  const hour = matrix.hourEt[row]!
  const inForce = thresholdAt(trained, hour)
  const tried = whatIf?.threshold
  if (tried !== undefined && tried !== inForce) return { origin: fromRequest, note: `${inForce} is in force` }
  const chosen = 'on scores of rows that its inner models had not seen'
  const ofWhat =
    usage.kind === 'top_pct' ? 'the confidence that the share asked for reaches, taken' : 'chosen'
  const { thresholdByHour } = trained
  const own = thresholdByHour !== null && hour >= 0 && !Number.isNaN(thresholdByHour[hour]!)
  const ofHour = own
    ? `the threshold of hour ${hour}; ${usage.threshold} holds in hours without one of their own. `
    : thresholdByHour !== null
      ? `hour ${hour} has no threshold of its own: too few rows to train one. `
      : ''
  return { origin: artifactOrigin, note: `${ofHour}${ofWhat} when the model was trained, ${chosen}` }
}

/** The gate that the artifact was trained with decides, as it does for signals; a policy edited since is told of. */
function tellMomentum({ scored: { usage }, effective, whatIf }: RowQuestion, sources: PolicySources): Told {
  const tried = whatIf?.execution ?? {}
  const isTrained = usage.momentum_column !== null
  const isOn = tried.momentum_gate ?? isTrained
  const isOfPolicy =
    isTrained === effective.momentum_gate &&
    (!isTrained ||
      (usage.momentum_column === effective.momentum_column && usage.momentum_min === effective.momentum_min))
  const isTried =
    tried.momentum_gate !== undefined ||
    tried.momentum_min !== undefined ||
    tried.momentum_column !== undefined
  return tell(sources, isOn ? 'momentum_min' : 'momentum_gate', isTried, isOfPolicy)
}

function tellSize({ scored: { usage }, effective, whatIf }: RowQuestion, sources: PolicySources): Told {
  const tried = whatIf?.execution ?? {}
  const isOn = tried.size_by_conf ?? usage.size_by_conf ?? effective.size_by_conf
  const isOfPolicy =
    (usage.size_by_conf ?? effective.size_by_conf) === effective.size_by_conf &&
    (!isOn || (usage.conf_cap ?? effective.conf_cap) === effective.conf_cap)
  const isTried = tried.size_by_conf !== undefined || tried.conf_cap !== undefined
  return tell(sources, isOn ? 'conf_cap' : 'size_by_conf', isTried, isOfPolicy)
}

/** A setting of the policy that training fixed, unless the request tries another. */
function tell(sources: PolicySources, key: string, isTried: boolean, isOfPolicy: boolean): Told {
  const origin = sources.of(key)
  if (isTried) return { origin: { ...origin, from: 'what_if' }, note: null }
  return isOfPolicy ? { origin, note: null } : { origin: artifactOrigin, note: trainedOtherwise }
}
