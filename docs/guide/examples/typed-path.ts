// The same path with the typed client: curl -s http://127.0.0.1:8001/client.ts > sigma-lab.ts && node typed-path.ts [origin]
import { createClient, SigmaLabError } from './sigma-lab.ts'

const call = createClient({ origin: process.argv[2] ?? 'http://127.0.0.1:8001' })
const model_id = 'spx_eq_swing_daily'

const { matrix_sha, rows } = await call('buildMatrixByWindow', {
  body: { model_id, date_window: { start: '2010-01-04', end: '2014-12-31' } },
})
console.log('matrix', matrix_sha.slice(0, 12), 'with', rows, 'rows')

const { runs, sweep_id } = await call('runBacktestSweep', {
  body: { model_id, thresholds_variants: ['0.50', '0.52,0.55'], splits: 3, tag: 'typed' },
})
console.log('sweep', sweep_id, 'of', runs.length)

const board = await call('getLeaderboard', { query: { sweep_id: String(sweep_id), order_by: 'sharpe' } })
for (const { config, metrics, gate } of board.rows) {
  console.log(config.value, metrics.sharpe, gate.pass ? 'passes' : gate.reasons.join(', '))
}

try {
  await call('getPack', { params: { pack_id: 'zerosigm' } })
} catch (error) {
  if (!(error instanceof SigmaLabError)) throw error
  console.log(error.status, error.code, error.message)
}
