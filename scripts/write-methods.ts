// `npm run docs`: writes docs/guide/methods.md from the code, so that the page cannot say something else. `--print` shows it only.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TSchema } from 'typebox'
import { parse } from 'yaml'
import type { GateRule } from '#shared/catalog/gates/define.ts'
import { gates } from '#shared/catalog/gates/index.ts'
import type { Indicator } from '#shared/catalog/indicators/define.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { resolveLabel } from '#shared/catalog/labels/resolve.ts'
import { Drift } from '#shared/contract/drift.ts'
import { RunMetrics } from '#shared/contract/metrics.ts'
import { riskProfiles } from '#shared/contract/schemas.ts'
import { LiveMetrics } from '#shared/contract/signals.ts'
import { PROBABILITY_EDGE } from '#workers/calibration/calibrator.ts'
import { LEAST_INNER_ROWS, LEAST_TRAIN_ROWS } from '#workers/cv/plan-folds.ts'
import { INNER_FOLDS } from '#workers/models/cross-fit.ts'
import { code, descriptionOf, table } from './markdown.ts'
import { optionMethods, tearSheetMethods } from './run-methods.ts'

interface ShippedPack {
  id: string
  score: string
  risk_budgets: Record<string, Record<string, unknown>>
}

const root = join(import.meta.dirname, '..')

/** Papers and books behind the figures that have one. */
const figureSources: Partial<Record<keyof RunMetrics, string>> = {
  sharpe: 'Sharpe 1994',
  sharpe_se: 'Lo 2002; Mertens 2002',
  sharpe_low: 'Lo 2002; Mertens 2002',
  sharpe_high: 'Lo 2002; Mertens 2002',
  sortino: 'Sortino & Price 1994',
  calmar: 'Young 1991',
  es95: 'Acerbi & Tasche 2002',
  es95_daily: 'Acerbi & Tasche 2002',
  trades_effective: 'López de Prado 2018, 4.3–4.4',
  brier: 'Brier 1950',
  brier_base: 'Brier 1950',
  psr: 'Bailey & López de Prado 2012, SSRN 1821643',
  min_track_days: 'Bailey & López de Prado 2012, SSRN 1821643',
  dsr: 'Bailey & López de Prado 2014, SSRN 2460551',
  sr0: 'Bailey & López de Prado 2014, SSRN 2460551',
  trials_effective: 'Bailey & López de Prado 2014, SSRN 2460551, appendix',
}

const gateSources: Record<string, string> = {
  dsr_min: 'Bailey & López de Prado 2014, SSRN 2460551',
  pbo_max: 'Bailey, Borwein, López de Prado & Zhu 2017, SSRN 2326253',
  es95_mult: 'Acerbi & Tasche 2002',
  leakage_flags: 'docs/decisions/0005-leakage-thresholds.md',
}

const directions = { at_most: 'at most', at_least: 'at least', within: 'within' }

const page = [
  '# Methods',
  'What each figure, gate rule, label and indicator means. This page is written by `npm run docs` from the code; to change it, change ' +
    'the descriptions there. All shares are fractions: 0.20 is 20 %. Times are New York times of regular NYSE sessions.',
  ...howARunIsMade(),
  ...figures(),
  ...tearSheetMethods(),
  ...gateRules(),
  ...scores(),
  ...liveFigures(),
  ...optionMethods(),
  ...labelList(),
  ...indicatorList(),
]

const text = `${page.join('\n\n')}\n`
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(join(root, 'docs', 'guide', 'methods.md'), text)

function howARunIsMade(): string[] {
  return [
    '## How a run is made',
    [
      '1. **Rows.** A row is decided at the close of its bar and knows nothing later. Rows without a label are scored, never trained on.',
      '2. **Folds.** `walk_forward` cuts time into `splits` + 1 blocks and tests each but the first with a model trained on what lies before; ' +
        '`purged_kfold` tests each of `splits` blocks with a model trained on the others (López de Prado 2018, 7). A training row whose ' +
        'label lives into the test part is left out (purge); `embargo` leaves out further rows beside it. A fold with fewer than ' +
        `${LEAST_TRAIN_ROWS} training rows or with one class is skipped, and the run says why.`,
      `3. **Everything fitted is fitted inside the training part**, on predictions of ${INNER_FOLDS} purged inner folds of at least ` +
        `${LEAST_INNER_ROWS} rows each: calibration (\`sigmoid\`: Platt 1999; \`isotonic\`; \`none\`; probabilities stay ` +
        `${PROBABILITY_EDGE} from 0 and 1), threshold, share cutoff, thresholds per hour. Overlapping labels weigh by their uniqueness ` +
        '(López de Prado 2018, 4).',
      '4. **Trades.** p = P(UP) / (P(UP) + P(DOWN)). `thr`: long from p ≥ threshold, short from 1 − p ≥ threshold; of several thresholds each fold ' +
        'takes the one that was best on its own training part. `top_pct`: rows as sure as the given share of training rows. A label of H bars holds ' +
        '1/H of capital per trade. Entry at the next open, exit at the close of the label’s end; where 5 % or more of a window’s opens ' +
        'equal the close before, they are not traded prices, and both move to the next close. Costs are charged on every change of net exposure.',
      '5. **Judgement.** Every configuration ever evaluated for a model is a trial, also one that was not saved, and lowers the deflated ' +
        'Sharpe ratio of all others.',
    ].join('\n'),
  ]
}

function figures(): string[] {
  const rows = Object.entries(RunMetrics.properties).map(([name, schema]) => {
    const source = figureSources[name as keyof RunMetrics] ?? ''
    return [code(name), descriptionOf(schema), source]
  })
  return [
    '## Figures of a run',
    'Out of sample and net of costs, on daily returns of the equity series over all sessions (0 on flat days) unless the definition says ' +
      'otherwise. Equity starts at 1 and compounds. A figure with a zero denominator or without data is null.',
    table(['Figure', 'Definition', 'Source'], rows),
  ]
}

function liveFigures(): string[] {
  const ofSchema = (properties: Record<string, TSchema>) =>
    Object.entries(properties).map(([name, schema]) => [code(name), descriptionOf(schema)])
  return [
    '## Live figures',
    'Of the signals of one model and profile, after what became of them was imported.',
    table(['Figure', 'Definition'], ofSchema(LiveMetrics.properties)),
    '### Drift',
    'Live rows are all rows that a trained model decided on, with or without a signal. Their scores and each feature of the newest backtest ' +
      'are held against the rows that this backtest tested, scores against its out-of-fold scores. Source: Yurdakul & Naranjo 2020 on why ' +
      'a fixed limit misjudges small samples.',
    table(['Figure', 'Definition'], ofSchema(Drift.properties.score.properties)),
  ]
}

function gateRules(): string[] {
  const rows = [...gates.values()].map((rule) => [
    code(rule.id),
    `${rule.title}. ${rule.doc}`,
    [directions[rule.direction], fallbackText(rule), rule.optionsOnly ? 'option models only' : '']
      .filter(Boolean)
      .join('; '),
    rule.unit.replace('per_year', 'per year'),
    code(rule.reason),
    gateSources[rule.id] ?? '',
  ])
  return [
    '## Gate rules',
    'A run passes its gate when no rule fails. A rule without a limit in the budget is not checked. A rule whose input is missing fails ' +
      'as `metrics_missing`; one that does not apply says why and does not fail. Each check shows its limit, what was observed, the ' +
      'share of the limit used up, and the worst fold.',
    table(
      ['Rule', 'What is held against the limit', 'Limit', 'Unit', 'Reason when it fails', 'Source'],
      rows,
    ),
    '### Limits of the shipped packs',
    'From `risk_budgets` in each `packs/<pack>/pack.yaml`, as conservative / balanced / aggressive. Edit the copy in your workspace. ' +
      '`size_r` is the risk per trade in R that signals carry; no score depends on it.',
    table(['Rule', ...packs().map(({ id }) => id)], budgetRows()),
  ]
}

function fallbackText({ fallback, limit }: GateRule): string {
  if (fallback === undefined) return ''
  return `${'const' in limit ? 'always' : 'without a limit in the budget'} ${String(fallback)}`
}

function budgetRows(): string[][] {
  const shipped = packs()
  const names = ['size_r', ...gates.keys()]
  return names.flatMap((name) => {
    const cells = shipped.map(({ risk_budgets }) => {
      const limits = riskProfiles.map((profile) => risk_budgets[profile]?.[name])
      return limits.every((limit) => limit === undefined) ? '' : limits.map(limitText).join(' / ')
    })
    return cells.every((cell) => cell === '') ? [] : [[code(name), ...cells]]
  })
}

function scores(): string[] {
  const users = (family: string) =>
    packs()
      .filter(({ score }) => score === family)
      .map(({ id }) => id)
      .join(', ')
  return [
    '## Ranking scores',
    'The leaderboard ordered by `score` ranks runs by the family of their pack, ties by id. Null where a figure it rests on is null. ' +
      'n is `trades_effective`; a budget without `turnover_max` uses none of it up.',
    table(
      ['Family', 'Score', 'Packs'],
      [
        [code('options'), 'sortino × √(n / 100) − 0.5 × max_dd − 0.2 × fold_sharpe_std', users('options')],
        [code('trend'), 'sharpe × √(n / 100) − 0.1 × turnover / turnover_max − 0.3 × max_dd', users('trend')],
        [code('long'), 'calmar', users('long')],
      ],
    ),
  ]
}

function labelList(): string[] {
  const sections = [...labels.values()].flatMap((label) => {
    const { params } = resolveLabel({ kind: label.id })
    const classes = label.classes(params)
    const held = label.horizonBars(params)
    const comment = commentOf(join('src-shared', 'catalog', 'labels', `${label.id.replaceAll('_', '-')}.ts`))
    const facts = [
      `Parameters: ${paramsText(label.params.properties) || 'none'}`,
      classes.length > 0 ? `Classes: ${classes.join(', ')}` : '',
      classes.length > 0
        ? `Entry: ${label.entry === 'next_open' ? 'next open' : 'close'}; a trade holds ${held === 1 ? 'all' : `1/${held}`} of capital by default`
        : '',
      `Bars by default: ${label.cadences(params).join(', ')}`,
      `Source: ${label.source}`,
    ]
    return [
      `### ${label.title}: \`${label.id}\``,
      [label.doc, comment].filter(Boolean).join(' '),
      facts
        .filter(Boolean)
        .map((fact) => `- ${fact}`)
        .join('\n'),
    ]
  })
  return [
    '## Labels',
    'What a model learns to predict. A missing price is a missing label, never FLAT. Intraday labels that would end after their session’s ' +
      'close are missing, and so are labels that would end beyond the window of the matrix.',
    ...sections,
  ]
}

function indicatorList(): string[] {
  const byCategory = new Map<string, Indicator[]>()
  for (const each of indicators.values()) {
    byCategory.set(each.category, [...(byCategory.get(each.category) ?? []), each])
  }
  const sections = [...byCategory].flatMap(([category, list]) => [
    `### ${category[0]!.toUpperCase()}${category.slice(1)}`,
    table(
      ['Indicator', 'What it says', 'Reads', 'Parameters', 'Columns by default', 'Warm-up', 'Source'],
      list.map(indicatorRow),
    ),
  ])
  return [
    '## Indicators',
    `${indicators.size} indicators. Sets name them as \`rsi\`, \`{ name: rsi, period: 14 }\` or \`rsi__period=14\`. The warm-up is the number of ` +
      'missing values before the first one, at default parameters. What an indicator reads is known at the close of the row’s bar; a lag counts the ' +
      'sessions before it that an intraday row does not see.',
    ...sections,
  ]
}

function indicatorRow(indicator: Indicator): string[] {
  const { params, outputs } = resolveIndicator(indicator.id)
  const warmup = [...new Set([indicator.warmup(params)].flat())]
  const unit = indicator.warmupUnit ?? 'rows'
  const also = indicator.aliases?.length ? ` (also ${indicator.aliases.map(code).join(', ')})` : ''
  const lag = indicator.lag?.(params as never) ?? 0
  const needs = indicator.needs ?? []
  const reads = indicator
    .inputs(params as never)
    .map((name) => (needs.includes(name as never) ? `${name} (needed)` : name))
  return [
    code(indicator.id) + also,
    `${indicator.title}. ${indicator.doc}`,
    reads.join(', ') + (lag > 0 ? `; lag ${lag}` : ''),
    paramsText(indicator.params.properties),
    outputs.map(code).join(', '),
    `${warmup.join(', ')} ${unit}`,
    indicator.source,
  ]
}

function packs(): ShippedPack[] {
  return readdirSync(join(root, 'packs'))
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => parse(readFileSync(join(root, 'packs', name, 'pack.yaml'), 'utf8')) as ShippedPack)
}

/** The comment before the export of a file, on one line. */
function commentOf(path: string): string {
  const found = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const/.exec(readFileSync(join(root, path), 'utf8'))
  return (found?.[1] ?? '').replaceAll(/\n? *\* ?/g, ' ').trim()
}

function paramsText(properties: Record<string, TSchema>): string {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const fallback = (schema as { default?: unknown }).default
      return code(fallback === undefined ? name : `${name}=${String(fallback)}`)
    })
    .join(', ')
}

function limitText(limit: unknown): string {
  return Array.isArray(limit)
    ? `${limit[0]}–${limit[limit.length - 1]}`
    : limit === undefined
      ? '–'
      : String(limit)
}
