// Build, sweep, leaderboard, train, signals: node main-path.mjs [http://127.0.0.1:8001]
const host = process.argv[2] ?? 'http://127.0.0.1:8001'
const model_id = 'spx_eq_swing_daily'

async function call(method, path, body) {
  const headers = body && { 'content-type': 'application/json' }
  const reply = await fetch(host + path, { method, headers, body: body && JSON.stringify(body) })
  const json = await reply.json()
  if (!reply.ok) throw new Error(`${method} ${path}: ${json.error.message}`)
  return json
}

async function until(isDone, ask) {
  for (;;) {
    const answer = await ask()
    if (isDone(answer.status)) return answer
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
const isOver = (status) => status !== 'queued' && status !== 'running'

const date_window = { start: '2010-01-04', end: '2014-12-31' }
const matrix = await call('POST', '/matrix/build', { model_id, date_window })
console.log('matrix', matrix.matrix_sha.slice(0, 12), 'with', matrix.rows, 'rows')

const sweep = { threshold_variants: ['0.50', '0.52,0.55'], splits: 3 }
const { sweep_id } = await call('POST', '/sweeps/run', { model_id, risk_profile: 'balanced', sweep })
const state = await until(isOver, () => call('GET', `/sweeps/${sweep_id}/status`))
console.log('sweep', sweep_id, state.status, state.progress)

const { rows: [best] } = await call('GET', `/leaderboard?model_id=${model_id}&sweep_id=${sweep_id}&order_by=sharpe`)
const { config, lineage, metrics, gate } = best
console.log('best', config.value, 'sharpe', metrics.sharpe, 'gate', gate)

// A row that fails its gate is trained only with an override and a tag that says why: here to show the path, not to trade.
const job = { model_id, config, lineage, override: true, tag: 'example' }
const { job_ids: [id] } = await call('POST', '/train/batch', { jobs: [job] })
const done = await until(isOver, async () => (await call('GET', '/train/jobs')).rows.find((row) => row.job_id === id))
const signals = await call('POST', '/signals/generate', { model_id, start: '2014-12-01', end: '2014-12-31' })
console.log('train', done.status, 'signals', signals.count)
