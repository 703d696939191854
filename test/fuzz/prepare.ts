import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { operationOf } from './check-answer.ts'
import { harvest, keep, type Pools } from './plan.ts'
import { editedModel, importFile, model_id, overlayModel } from './recipes.ts'
import { send } from './send-step.ts'

type Reply = Record<string, unknown>

const bars = ['date,open,high,low,close,volume']
for (const day of [4, 5, 6, 7, 8]) bars.push(`2024-03-0${day},10.${day},11,10,10.5,${day}00`)

/** Gives the requests something to name: a file, matrices, a sweep, trained models, signals, a model to edit. */
export async function prepare(url: string, workspace: string, token: string, pools: Pools): Promise<void> {
  await writeFile(join(workspace, importFile), `${bars.join('\n')}\n`)
  const ask = async (method: string, path: string, body?: object): Promise<Reply> => {
    const sent = { method, path, body: body && JSON.stringify(body) }
    const answer = await send(url, sent, { authorization: `Bearer ${token}` })
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text.slice(0, 500)}`)
    const reply = JSON.parse(answer.text) as Reply
    harvest(operationOf(sent)!.id, reply, pools)
    return reply
  }
  await ask('POST', '/models', { ticker: 'SPY', variant: 'fuzz' })
  const config = await ask('GET', `/model_config?model_id=${editedModel}`)
  const policy = await ask('GET', `/policy/explain?model_id=${editedModel}`)
  keep(pools, 'text', config['text'])
  keep(pools, 'policy', policy['text'])

  await ask('POST', '/build_matrix', { model_id: overlayModel, start: '2023-07-03', end: '2024-06-28' })
  await ask('POST', '/train', { model_id: overlayModel, override: true })
  const june = { start: '2024-06-03', end: '2024-06-14' }
  const { rows } = await ask('POST', '/signals/generate', { model_id: overlayModel, ...june })
  for (const { date } of rows as Reply[]) keep(pools, 'signal_date', date)
  const [first] = rows as Reply[]
  await ask('POST', '/options_overlay', { model_id: overlayModel, date: first?.['date'], dte_target: 14 })

  await ask('POST', '/build_matrix', { model_id, start: '2012-01-03', end: '2012-12-31' })
  await ask('POST', '/train', { model_id, override: true })
  await ask('POST', '/signals/generate', { model_id, start: '2012-12-03', end: '2012-12-31' })
  await ask('POST', '/backtest_sweep', { model_id, thresholds_variants: ['0.5', '0.52'], splits: 2 })
  const sweep = { threshold_variants: ['0.5'], splits: 2 }
  await ask('POST', '/sweeps/run', { model_id, risk_profile: 'balanced', sweep })
  await ask('POST', '/selections', { items: [] })
  await ask('POST', '/admin/users', { email: 'first@example.org', role: 'trader' })
  for (const path of ['/leaderboard', `/model_cards?model_id=${overlayModel}`, '/signals', '/jobs'])
    await ask('GET', path)
  const template = {
    template_id: 'fuzz_0',
    name: 'Fuzz',
    pack: 'swingsigma',
    horizon: 'swing',
    cadence: 'daily',
  }
  await ask('POST', '/admin/templates', { template })
}
