import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { quoteName, quoteText } from '#main/lake/sql-text.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { describeFile } from './csv-file.ts'
import { ownColumn } from './scoring.ts'
import { signalsCsv } from './signals-csv.ts'

/** A column of scores with the file it stands in. */
export interface ScoreSource {
  source_csv: string
  scores: Float64Array
  notes: string[]
}

type Dependencies = Pick<ServiceContext, 'root' | 'duck' | 'ledger' | 'matrixStore'>

/**
 * The scores that a threshold is calibrated on: the file that was named, else the model's live signals, else its matrix. null where the
 * file has no such column.
 */
export async function findScores(
  context: Dependencies,
  model: LoadedModel,
  csv: string | undefined,
  column: string,
): Promise<ScoreSource | { source_csv: string; scores: null; names: string[] }> {
  if (csv !== undefined) return readColumn(context, csv, column)
  const live = signalsCsv(model.modelId)
  if (existsSync(join(context.root, live))) {
    const found = await readLive(context, live, column)
    if (found !== null) return found
  }
  const build = context.ledger.buildRuns.latestFor(model.modelId)
  if (!build) return { source_csv: '', scores: null, names: [] }
  const { matrix } = await context.matrixStore.load(build.matrix_sha)
  const scores = matrix.columns[matrix.features.indexOf(column)] ?? ownColumn(matrix, column)
  if (scores === undefined) return { source_csv: build.out_csv_uri, scores: null, names: matrix.features }
  return { source_csv: build.out_csv_uri, scores, notes: [] }
}

/** Says which column was asked for and which there are. */
export function missingColumn(column: string, source_csv: string, names: readonly string[]): SigmaError {
  const near = didYouMean(column, names)
  const where = source_csv === '' ? 'there is no matrix yet' : `${source_csv} has no number column ${column}`
  return new SigmaError('INVALID_PARAM', `column ${column}: ${where}${near}`)
}

async function readColumn(context: Dependencies, uri: string, column: string) {
  const file = await describeFile(context, uri)
  const names = file.names.filter((name) => file.isNumeric.get(name))
  if (!names.includes(column)) return { source_csv: uri, scores: null, names }
  const name = quoteName(file.spelling.get(column)!)
  const { score } = await context.duck.readColumns(
    `SELECT ${name}::DOUBLE AS score FROM read_csv(${quoteText(file.path)}, header = true, sample_size = -1)`,
  )
  return { source_csv: uri, scores: score as Float64Array, notes: [] }
}

/** A decision that several profiles signal counts once, at its most confident score. */
async function readLive(context: Dependencies, uri: string, column: string): Promise<ScoreSource | null> {
  const file = await describeFile(context, uri)
  if (!file.isNumeric.get(column)) return null
  const name = quoteName(file.spelling.get(column)!)
  const { score } = await context.duck.readColumns(
    `SELECT arg_max(${name}::DOUBLE, greatest(${name}, 1 - ${name})) AS score
     FROM read_csv(${quoteText(file.path)}, header = true, sample_size = -1) GROUP BY ticker, ts ORDER BY ts, ticker`,
  )
  const notes = [`${uri} holds signals only: rows under the trained threshold are not in it`]
  return { source_csv: uri, scores: score as Float64Array, notes }
}
