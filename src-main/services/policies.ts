import type { ExplainedPolicy, LoadedModel } from '#main/pack-store/types.ts'
import { riskProfiles } from '#shared/contract/schemas.ts'
import type { ArtifactUsage } from './artifact-rows.ts'
import { checkPolicy, type PolicyCheck } from './check-policy.ts'
import type { ServiceContext } from './context.ts'
import type { PolicyService } from './index.ts'
import { ownColumn } from './scoring.ts'

/** Columns that every matrix has and a policy may name. */
const everyMatrix = ['open', 'high', 'low', 'close', 'volume', 'hour_et']

type Dependencies = Pick<ServiceContext, 'packStore' | 'ledger' | 'matrixStore'>

/** Policies as they are read, checked and written. */
export function createPolicyService({ packStore, ledger, matrixStore }: Dependencies): PolicyService {
  async function check(
    model: LoadedModel,
    { policy, effective, problems }: ExplainedPolicy,
  ): Promise<PolicyCheck> {
    if (problems.length > 0) {
      return { ok: false, errors: ['the file has errors: nothing else was checked'], warnings: [] }
    }
    const sha = ledger.buildRuns.latestFor(model.modelId)?.matrix_sha
    const loaded = sha === undefined ? null : await matrixStore.load(sha)
    const { matrix } = loaded ?? { matrix: null }
    const momentum = effective.momentum_gate ? effective.momentum_column : null
    return checkPolicy({
      model,
      policy,
      effective,
      columns: [...(matrix?.features ?? plannedColumns(model)), ...everyMatrix],
      fill: loaded?.meta.fill ?? null,
      momentum:
        matrix && momentum !== null
          ? (matrix.columns[matrix.features.indexOf(momentum)] ?? ownColumn(matrix, momentum) ?? null)
          : null,
      thresholds: riskProfiles.flatMap((profile) => {
        const usage = ledger.artifacts.latestFor(model.modelId, profile)?.meta as ArtifactUsage | undefined
        return usage ? [usage.threshold, ...Object.values(usage.thresholds_by_hour ?? {})] : []
      }),
    })
  }

  /** What the next build will have, as far as the set tells; flow columns depend on the data. */
  function plannedColumns(model: LoadedModel): string[] {
    if (model.indicatorSetName === null) return model.features ?? []
    const outputs = packStore.indicatorSet(model).entries.flatMap((entry) => entry.outputs)
    return [...outputs, ...(model.features ?? [])]
  }

  return {
    async explain({ model_id, pack_id }) {
      const model = packStore.model(model_id, pack_id)
      const explained = packStore.explainPolicy(model)
      const { path, text, policy, effective, problems } = explained
      const checks = await check(model, explained)
      return {
        ok: problems.length === 0 && checks.ok,
        model_id: model.modelId,
        pack_id: model.packId,
        path,
        own: path === ownPath(model),
        text,
        schema_ok: problems.length === 0,
        schema_errors: problems,
        execution_effective: effective,
        policy,
        checks,
      }
    },
    async write({ model_id, pack_id, text, if_text }) {
      const model = packStore.model(model_id, pack_id)
      const { path } = await packStore.writeText('policy', model, text, if_text ?? null)
      return { path, message: 'written', checks: await check(model, packStore.explainPolicy(model)) }
    },
    async tryText({ model_id, pack_id, text }) {
      const model = packStore.model(model_id, pack_id)
      const tried = packStore.tryPolicy(model, text)
      return { path: ownPath(model), problems: tried.problems, checks: await check(model, tried) }
    },
  }
}

function ownPath({ packId, modelId }: LoadedModel): string {
  return `packs/${packId}/policies/${modelId}.yaml`
}
