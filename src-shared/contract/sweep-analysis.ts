import { type Static, Type } from 'typebox'
import { Nullable, NumberOrNull } from './schemas.ts'

/** The best Sharpe ratio of a sweep against those it reaches when its labels are dealt out anew. */
export const NullTest = Type.Object({
  shuffles: Type.Integer(),
  seed: Type.Integer(),
  block_rows: Type.Integer({ description: 'Neighbouring rows that stay together: the horizon of the label' }),
  observed: Type.Number({ description: 'Best Sharpe ratio of the configurations as they are' }),
  best: Type.Array(Type.Number(), { description: 'Best Sharpe ratio of each shuffle; 0 where none traded' }),
  mean: Type.Number(),
  p95: Type.Number({ description: 'Sharpe ratio that 5 % of the shuffles exceed' }),
  p_value: Type.Number({
    description: '(1 + shuffles at or above the observed) / (1 + shuffles): Phipson & Smyth 2010',
  }),
})
export type NullTest = Static<typeof NullTest>

/** Figures over all configurations of a sweep. */
export const SweepAnalysis = Type.Object({
  pbo: NumberOrNull,
  loss_probability: NumberOrNull,
  blocks: Nullable(Type.Integer()),
  logits: Type.Array(Type.Number()),
  min_backtest_years: NumberOrNull,
  null_test: Nullable(NullTest),
})
export type SweepAnalysis = Static<typeof SweepAnalysis>
