import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createPackStore } from '#main/pack-store/pack-store.ts'
import type { PackStore } from '#main/pack-store/types.ts'

export const repoRoot = join(import.meta.dirname, '../../../..')

export const packYaml = `# A pack for tests.
id: tiny
name: Tiny
description: A pack for tests
asset_types: [eq]
horizon: swing
cadence: daily
label: { type: fwd_ret_5d }
default_indicator_set: base
templates: [daily]
score: trend
risk_budgets:
  conservative: { max_dd: 0.1, min_trades: 30 }
  balanced:
    max_dd: 0.2      # a fraction
    min_trades: 20
  aggressive: { max_dd: 0.3, min_trades: 10 }
`

export const configYaml = `# Head comment of a trader.
model_id: spy_daily
ticker: SPY

hyperparams:
  max_depth: 6        # deeper overfits
  n_estimators: 300
  learning_rate: 0.05
# why this set
indicator_set: base
label:
  type: fwd_ret_5d    # a week
train_window: { start: 2024-01-02, end: 2024-12-31 }
# tail comment
`

export const files: Record<string, string> = {
  'pack.yaml': packYaml,
  'indicator_sets/base.yaml': `# what we look at
version: 3
indicators:
  - { name: rsi, period: 14 }   # the classic
  - ema__window=20
`,
  'model_configs/spy_daily.yaml': configYaml,
  'policies/default.yaml': `# house policy
name: tiny_default_v1
version: 2
execution:
  slippage_bps: 2   # per side
`,
  'model_templates/daily.yaml': `template_id: daily
name: Daily
template_version: 1
asset_type: eq
horizon: swing
cadence: daily
config:
  model: gbm
  task: classification
  hyperparams:
    n_estimators: 100   # few, for a start
    max_depth: 4
    learning_rate: 0.05
  indicator_set: base
  # delete the list to train on every column
  features:
    - rsi__period=14
  label:
    type: next_bar_updown
    horizon: 1
  train_window:
    start: 2024-01-02
    end: 2024-12-31
`,
}

export interface TinyWorkspace {
  root: string
  store: PackStore
  read(path: string): string
  write(path: string, text: string): void
}

/** A workspace in a temporary folder with one small pack, `changes` laid over it; removed when the test ends. */
export function openTiny(
  changes: Record<string, string> = {},
  options: { watching?: boolean; onChange?: (paths: string[]) => void } = {},
): TinyWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'sigma-packs-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, 'packs/tiny', path)), { recursive: true })
    writeFileSync(join(root, 'packs/tiny', path), text)
  }
  for (const [path, text] of Object.entries({ ...files, ...changes })) write(path, text)
  const store = createPackStore({ root, watching: false, ...options })
  onTestFinished(() => {
    store.close()
    rmSync(root, { recursive: true, force: true })
  })
  return { root, store, write, read: (path) => readFileSync(join(root, 'packs/tiny', path), 'utf8') }
}

/** A copy of the packs that ship, as a first start makes it. */
export function openShipped(): { root: string; store: PackStore } {
  const root = mkdtempSync(join(tmpdir(), 'sigma-packs-'))
  cpSync(join(repoRoot, 'packs'), join(root, 'packs'), { recursive: true })
  const store = createPackStore({ root, watching: false })
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return { root, store }
}
