import { describe, expect, test } from 'vitest'
import type { NewSignal } from '#main/ledger/signals.ts'
import { addSweep } from '#test/ledger-rows.ts'
import { temporaryLedger } from '#test/temp-ledger.ts'

const job = {
  kind: 'train',
  title: 'Training of m',
  priority: 0,
  input: { a: 1 },
  subject: { model_id: 'm' },
}
const lineage = { matrix_sha: 'a', risk_profile: 'balanced' as const, risk_sha: 'b' }
const page = { limit: 10, offset: 0 }

describe('sweeps', () => {
  test('take status, times and error from their job', () => {
    const ledger = temporaryLedger()
    const id = addSweep(ledger)
    const { id: job_id } = ledger.jobs.add(job)
    ledger.sweeps.update(id, { job_id, pbo: 0.25 })
    ledger.jobs.update(job_id, {
      status: 'failed',
      started_at: '2024-01-01T00:00:00.000Z',
      finished_at: '2024-01-01T00:01:00.000Z',
      error: { code: 'NO_DATA', message: 'no bars of SPY' },
    })
    expect(ledger.sweeps.findByJob(job_id)).toMatchObject({
      ...{ id, status: 'failed', error: 'no bars of SPY', pbo: 0.25, spec: { splits: 5 } },
      ...{
        started_at: '2024-01-01T00:00:00.000Z',
        finished_at: '2024-01-01T00:01:00.000Z',
        completed: 0,
        total: 3,
      },
    })
    expect(ledger.sweeps.list({ ...page, status: 'failed' })).toMatchObject({ total: 1, rows: [{ id }] })
    expect(ledger.sweeps.list({ ...page, status: 'completed' })).toEqual({ total: 0, rows: [] })
  })

  test('are found again by identity, unless they failed or were canceled', () => {
    const ledger = temporaryLedger()
    const first = addSweep(ledger, 'same')
    addSweep(ledger, 'other')
    expect(ledger.sweeps.findByIdentity('same')?.id).toBe(first)
    for (const status of ['failed', 'canceled'] as const) {
      const { id: job_id } = ledger.jobs.add(job)
      ledger.sweeps.update(first, { job_id })
      ledger.jobs.update(job_id, { status })
      expect(ledger.sweeps.findByIdentity('same')).toBeUndefined()
    }
  })
})

describe('training jobs', () => {
  test('take status and progress from their job, and duplicates are found by key', () => {
    const ledger = temporaryLedger()
    const { id: job_id } = ledger.jobs.add(job)
    ledger.trainJobs.add({
      ...{
        job_id,
        key_sha: 'key',
        model_id: 'm',
        pack_id: 'p',
        lineage,
        algorithm: 'gbm',
        seed: 1,
        tag: null,
      },
      ...{ config: { kind: 'thr', value: '0.55' }, override: true },
    })
    expect(ledger.trainJobs.findByKey('key')).toMatchObject({
      job_id: String(job_id),
      status: 'queued',
      override: true,
    })
    const progress = { done: 1, total: 4, note: null, eta_seconds: 3 }
    ledger.jobs.update(job_id, { status: 'running', progress })
    ledger.trainJobs.update(job_id, { artifact: 'artifacts/m.onnx', metrics: { accuracy: 0.6 } })
    expect(ledger.trainJobs.list({ ...page, risk_profile: 'balanced', status: 'running' })).toMatchObject({
      total: 1,
      rows: [{ progress: 0.25, artifact: 'artifacts/m.onnx', metrics: { accuracy: 0.6 } }],
    })
    ledger.jobs.update(job_id, { status: 'failed', error: { code: 'INTERNAL', message: 'why' } })
    expect(ledger.trainJobs.findByKey('key')).toBeUndefined()
    expect(ledger.trainJobs.get(job_id)?.error).toBe('why')
  })
})

describe('the data of a training job', () => {
  test.each([true, false])('are those of the matrix it was trained on: simulated %s', (simulated) => {
    const ledger = temporaryLedger()
    const { id: job_id } = ledger.jobs.add(job)
    const queued = { job_id, key_sha: 'key', model_id: 'm', pack_id: 'p', lineage, algorithm: 'gbm', seed: 1 }
    const config = { kind: 'thr' as const, value: '0.55' }
    ledger.trainJobs.add({ ...queued, tag: null, config, override: false })
    expect(ledger.trainJobs.get(job_id)?.simulated).toBeNull()
    const matrix = { matrix_sha: lineage.matrix_sha, model_id: 'm', pack_id: 'p', ticker: 'SPY', simulated }
    ledger.matrices.put(matrix as never, {} as never)
    // What the model rests on by now has another sha and says nothing of the training.
    ledger.matrices.put({ ...matrix, matrix_sha: 'newer', simulated: !simulated } as never, {} as never)
    expect(ledger.trainJobs.get(job_id)?.simulated).toBe(simulated)
    expect(ledger.trainJobs.list(page).rows[0]!.simulated).toBe(simulated)
  })
})

describe('the job queue', () => {
  test('puts a person waiting before batch work, then the oldest', () => {
    const { jobs } = temporaryLedger()
    for (const priority of [0, 1, 0, 1]) jobs.add({ ...job, priority })
    expect(jobs.queued().map(({ id }) => id)).toEqual([2, 4, 1, 3])
    expect(jobs.countQueued(null)).toBe(4)
  })

  test('keeps input, result and error of a job', () => {
    const { jobs } = temporaryLedger()
    const { id } = jobs.add(job)
    jobs.update(id, { status: 'completed', result: { rows: 3 } })
    expect(jobs.get(id)).toMatchObject({
      input: { a: 1 },
      result: { rows: 3 },
      error: null,
      row: { job_id: '1', attempts: 0 },
    })
    const error = { code: 'NO_DATA' as const, message: 'none', details: { ticker: 'SPY' } }
    jobs.update(id, { status: 'failed', error })
    expect(jobs.get(id)).toMatchObject({ error, row: { error: { code: 'NO_DATA', message: 'none' } } })
    jobs.update(id, { error: null })
    expect(jobs.get(id)?.error).toBeNull()
    expect(() => jobs.update(9, { status: 'failed' })).toThrow('job 9 does not exist')
  })
})

const signal: NewSignal = {
  ts: '2024-03-01T15:30:00.000Z',
  date: '2024-03-01',
  hour_et: 10,
  model_id: 'm',
  pack_id: 'zerosigma',
  risk_profile: 'balanced',
  ticker: 'SPY',
  side: 'buy',
  score_total: 0.61,
  threshold: 0.55,
  size: 1,
  size_r: 1,
  entry_ref_px: 510,
  close: 510,
  stop_px: 508,
  target_px: 514,
  time_stop_minutes: 60,
  status: 'new',
  simulated: true,
  artifact: 'artifacts/m.onnx',
  tag: null,
  rr: 2,
}

describe('signals', () => {
  test('are one per model, profile, ticker and time: a second one renews the first', () => {
    const { signals } = temporaryLedger()
    const [first] = signals.put([signal])
    expect(first).toMatchObject({ ...signal, fill_px: null })
    const [again, other] = signals.put([
      { ...signal, score_total: 0.7 },
      { ...signal, risk_profile: 'aggressive' },
    ])
    expect([again?.id === first?.id, again?.score_total, other?.id !== first?.id]).toEqual([true, 0.7, true])
    expect(signals.list(page).total).toBe(2)
  })

  test('made again keep what is known of their fill', () => {
    const { signals } = temporaryLedger()
    signals.put([signal])
    const { model_id, risk_profile, ticker, ts } = signal
    const fill = {
      model_id,
      risk_profile,
      ticker,
      ts,
      status: 'filled',
      fill_px: 510.1,
      slippage: 0.1,
      pnl: 12,
      rr: 1.8,
      tag: 'desk',
    }
    const unknown = { ...fill, ticker: 'QQQ' }
    expect(signals.recordFills([fill, unknown])).toEqual([unknown])
    const [again] = signals.put([{ ...signal, stop_px: 507 }])
    expect(again).toMatchObject({ stop_px: 507, status: 'filled', fill_px: 510.1, pnl: 12, rr: 1.8 })
    expect([signals.find(signal)?.pnl, signals.find(unknown)]).toEqual([12, undefined])
  })

  test('are stored all or none', () => {
    const { signals } = temporaryLedger()
    const bad = { ...signal, ts: 'later', side: 'hold' as 'buy' }
    expect(() => signals.put([signal, bad])).toThrow(/CHECK/)
    expect(signals.list(page).total).toBe(0)
  })

  test('are listed newest first, filtered by date range and tickers', () => {
    const { signals } = temporaryLedger()
    for (const day of ['01', '04', '05']) {
      for (const ticker of ['SPY', 'AAPL']) {
        signals.put([{ ...signal, ticker, ts: `2024-03-${day}T15:30:00.000Z`, date: `2024-03-${day}` }])
      }
    }
    const list = (filter: object) =>
      signals.list({ ...page, ...filter }).rows.map((row) => [row.date, row.ticker])
    expect(list({ tickers: ['SPY'], start: '2024-03-04', end: '2024-03-05' })).toEqual([
      ['2024-03-05', 'SPY'],
      ['2024-03-04', 'SPY'],
    ])
    expect(list({ date: '2024-03-01', tickers: ['AAPL', 'QQQ'] })).toEqual([['2024-03-01', 'AAPL']])
    expect(list({ tickers: [] })).toEqual([])
    expect(signals.list({ limit: 2, offset: 4 })).toMatchObject({
      total: 6,
      rows: [{ date: '2024-03-01' }, {}],
    })
  })
})
