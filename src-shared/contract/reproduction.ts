import { Type } from 'typebox'
import { NumberOrNull, StringOrNull } from './schemas.ts'

/** A sha as the run has it and as it is today; null where it cannot be told. */
const ShaPair = Type.Object({ stored: StringOrNull, now: StringOrNull })

/** What came of running a stored run again from its lineage. */
export const Reproduction = Type.Object({
  backtest_run_id: Type.String(),
  equal: Type.Boolean({
    description: 'Equity, trades, hours, folds and every figure are the same, byte for byte',
  }),
  changed: Type.Array(Type.String(), {
    description: 'Names of the shas of the lineage that are not what they were',
  }),
  matrix_sha: ShaPair,
  config_sha: ShaPair,
  policy_sha: ShaPair,
  risk_sha: ShaPair,
  sources: Type.Array(
    Type.Object({
      id: Type.String({ description: 'Series of the lake, or the CSV' }),
      stored: StringOrNull,
      now: StringOrNull,
    }),
  ),
  metrics: Type.Array(Type.Object({ name: Type.String(), stored: NumberOrNull, now: NumberOrNull }), {
    description:
      'Figures that differ; those that count the trials of the model are left out, for trials go on',
  }),
  folds_equal: Type.Boolean(),
  detail_sha: ShaPair,
  seconds: Type.Number(),
  notes: Type.Array(Type.String()),
})
