import type { MatrixMeta } from '#main/ledger/matrices.ts'
import type { ArtifactUsage, ScoredWindow } from '#main/services/artifact-rows.ts'
import { effectiveExecution } from '#shared/catalog/packs/policy.ts'
import type { TradeRules } from '#shared/decision/decide.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { tinyMatrix } from './tiny-build.ts'

export interface WindowWish {
  matrix?: Matrix
  momentum?: number[]
  atr?: number[]
  lives?: (number | null)[]
  usage?: Partial<ArtifactUsage>
  fill?: string
}

/** Rows as an artifact scored them, one for each directional probability. */
export function scoredWindow(ps: number[], wish: WindowWish = {}): ScoredWindow {
  return {
    matrix: wish.matrix ?? tinyMatrix({ f: ps.map(() => 0) }),
    meta: { ticker: 'SPY', fill: wish.fill ?? 'next_open' } as MatrixMeta,
    usage: {
      ...{ features: ['f'], classes: ['DOWN', 'UP'], hours: null, threshold: 0.6 },
      ...{ momentum_column: wish.momentum ? 'm' : null, momentum_min: 0.1 },
      lineage: { matrix_sha: 'm', risk_profile: 'balanced', risk_sha: 'r' },
      ...wish.usage,
    },
    columns: [new Float64Array(ps.length)],
    proba: new Float64Array(0),
    p: Float64Array.from(ps),
    momentum: wish.momentum ? Float64Array.from(wish.momentum) : null,
    atr: Float64Array.from(wish.atr ?? ps.map(() => 2)),
    lives: wish.lives ?? ps.map(() => 390),
  }
}

/** Rules without any gate, at a threshold of .6. */
export const plainRules: TradeRules = {
  ...{ threshold: 0.6, thresholdByHour: null, hours: null },
  ...{ momentumGate: false, momentumMin: 0, sizeByConf: false, confCap: 1 },
  brackets: effectiveExecution({}).brackets,
}
