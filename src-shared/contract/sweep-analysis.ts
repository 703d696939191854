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

/** What a sweep took, to tell how long the next one will. */
export const SweepWork = Type.Object({
  trained_folds: Type.Integer({ description: 'Folds that were trained; scores of the others were kept' }),
  training_seconds: Type.Number(),
  other_seconds: Type.Number({ description: 'Evaluating, judging and storing the configurations' }),
})
export type SweepWork = Static<typeof SweepWork>

/** Figures over all configurations of a sweep. */
export const SweepAnalysis = Type.Object({
  pbo: NumberOrNull,
  loss_probability: Type.Union([Type.Number(), Type.Null()], {
    description:
      'Share of splits in which the configuration that was best in sample loses money out of sample',
  }),
  blocks: Nullable(Type.Integer()),
  logits: Type.Array(Type.Number(), {
    description: 'Logit of its relative rank out of sample, one per split: 0 and below is overfitted',
  }),
  chosen: Type.Array(Type.Integer(), {
    description: 'That configuration, one per split: its place among the results of the sweep, from 0',
  }),
  inside: Type.Array(Type.Number(), { description: 'Its Sharpe ratio a year in sample, one per split' }),
  outside: Type.Array(Type.Number(), { description: 'Its Sharpe ratio a year out of sample, one per split' }),
  min_backtest_years: Type.Union([Type.Number(), Type.Null()], {
    description:
      'Years of data below which the best of as many useless configurations is expected to reach a Sharpe ratio of 1',
  }),
  years: Type.Union([Type.Number(), Type.Null()], {
    description: 'Years that the configurations were tested on, 252 sessions each',
  }),
  null_test: Nullable(NullTest),
  work: Nullable(SweepWork),
})
export type SweepAnalysis = Static<typeof SweepAnalysis>
