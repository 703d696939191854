import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { CheckField, SelectField, TextField } from '#renderer/components/field.tsx'
import { formatBps, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { ProgressBar } from '#renderer/components/progress-bar.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { useModelId, useProfile } from '#renderer/stores/context.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { ExpiryField } from './expiry-field.tsx'
import { NumberInput } from './number-input.tsx'
import { useBuilds } from './overlay-builds.ts'
import { readOverlay } from './overlay-request.ts'
import { daysWithin, type SignalDay } from './signal-days.ts'

interface OverlayFormProps {
  days: readonly SignalDay[]
  window: { start: string; end: string }
}

/** Which contract is bought for each signal of a window. All of it is in the link; what is left empty the policy says. */
export function OverlayForm({ days, window }: OverlayFormProps) {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const { params } = useHash()
  const policy = useQuery('explainPolicy', { query: { model_id: modelId } })
  const builds = useBuilds()
  const { wish, problems } = readOverlay(params)
  const { start, end } = window
  const inside = daysWithin(days, window)
  const isBackwards = start > end
  const isFaulty = isBackwards || Object.keys(problems).length > 0
  // A day without signals is asked for too: the host knows why there are none.
  const dates = inside.length > 0 ? inside.map(({ date }) => date) : [start]
  const bodies = dates.map((date) => ({ model_id: modelId, risk_profile: profile, date, ...wish }))
  const [first] = bodies
  const execution = policy.data?.execution_effective
  const selection = execution?.options.selection
  const count = inside.reduce((sum, day) => sum + day.count, 0)
  const isVertical = wish.option_mode === 'vertical'
  const flag = (name: string, label: string, fallback: boolean) => (
    <CheckField
      label={label}
      checked={(params[name] ?? String(fallback)) === 'true'}
      onChange={(next) => setParams({ [name]: next === fallback ? undefined : String(next) })}
    />
  )
  return (
    <Panel
      title="Overlay"
      definition="Buys an option for each signal of the window, from what was quoted when the signal was given, and replays it under the policy’s stops. What is left empty the policy says"
      note={<Badge tone="info">{profile}</Badge>}
    >
      <div className="columns" style={{ '--column': '108px' }}>
        <TextField
          label="Signals from"
          type="date"
          value={start}
          onChange={({ target }) => setParams({ start: target.value || undefined, end: undefined })}
        />
        <TextField
          label="To"
          type="date"
          value={end}
          min={start}
          problem={isBackwards ? 'ends before it starts' : undefined}
          onChange={({ target }) => setParams({ start, end: target.value || undefined })}
        />
      </div>
      {inside.length > 0 ? (
        <p className="muted" role="status">
          {formatPlural(count, 'signal')} on {formatPlural(inside.length, 'day')}
          {days.length > inside.length && (
            <>
              {' · '}
              <button
                type="button"
                className="link"
                onClick={() => setParams({ start: days[0]?.date, end: days.at(-1)?.date })}
              >
                all {days.length} days
              </button>
            </>
          )}
        </p>
      ) : (
        !isBackwards && (
          <p className="muted" role="status">
            No signals {start === end ? 'that day' : 'in these days'}
          </p>
        )
      )}
      <div className="field">
        <span>Structure</span>
        <div className="row">
          {' '}
          <Segmented
            label="Structure"
            options={[
              { value: 'single', label: 'Single' },
              { value: 'vertical', label: 'Vertical' },
            ]}
            value={isVertical ? 'vertical' : 'single'}
            onChange={(mode) => setParams({ option_mode: mode === 'vertical' ? mode : undefined })}
          />
        </div>
      </div>
      <SelectField
        label="Side"
        value={wish.side_override ?? ''}
        onChange={({ target }) => setParams({ side_override: target.value || undefined })}
      >
        <option value="">as the signal: buy call, sell put</option>
        <option value="call">{isVertical ? 'call verticals' : 'calls'} always</option>
        <option value="put">{isVertical ? 'put verticals' : 'puts'} always</option>
      </SelectField>
      <ExpiryField
        ticker={(inside[0] ?? days.at(-1))?.tickers[0] ?? ''}
        start={start}
        expiry={wish.expiry}
        target={wish.dte_target ?? selection?.dte_target ?? null}
      />
      <div className="columns" style={{ '--column': '108px' }}>
        {wish.expiry === undefined && (
          <NumberInput
            name="dte_target"
            label="Target days"
            fallback={selection?.dte_target ?? 'nearest'}
            problem={problems.dte_target}
          />
        )}
        <NumberInput
          name="target_delta"
          label="Target |delta|"
          fallback={selection?.target_delta}
          problem={problems.target_delta}
        />
        {isVertical && (
          <NumberInput
            name="spread_width"
            label="Width, $"
            fallback={selection?.spread_width}
            problem={problems.spread_width}
          />
        )}
        <NumberInput
          name="min_oi"
          label="Least open interest"
          fallback={selection?.min_oi}
          problem={problems.min_oi}
        />
        <NumberInput
          name="min_vol"
          label="Least volume"
          fallback={selection?.min_vol ?? 0}
          problem={problems.min_vol}
        />
        <NumberInput
          name="max_spread_pct"
          label="Widest spread, %"
          fallback={selection?.max_spread == null ? 'any' : 100 * selection.max_spread}
          problem={problems.max_spread_pct}
        />
        <NumberInput name="limit" label="Signals a day" fallback={100} problem={problems.limit} />
      </div>
      <details>
        <summary>Replays and costs</summary>
        <div className="stack tight">
          {flag('include_underlying_parity', 'Replay on the underlying', true)}
          {flag('include_premium_parity', 'Replay on the premium', true)}
          {flag('write_parity_csv', 'Write replays to reports/', false)}
          <p className="muted">
            Costs are half the spread, slippage and commission of each contract, and on the underlying{' '}
            {formatBps(execution?.slippage_bps)} a side, by the policy.
          </p>
        </div>
      </details>
      <Button
        look="primary"
        data-testid="build-overlay"
        disabled={isFaulty || builds.isRunning}
        onClick={() => void builds.run(bodies)}
      >
        {builds.isRunning
          ? 'Choosing contracts…'
          : inside.length > 1
            ? `Build ${inside.length} days`
            : `Build ${start}`}
      </Button>
      {builds.isRunning && (
        <div className="row" data-testid="overlay-progress">
          <ProgressBar label="Days built" done={builds.days.length} total={builds.total} />
          <span className="muted">
            {builds.days.length} of {formatPlural(builds.total, 'day')}
          </span>
          <Button small look="quiet" onClick={builds.cancel}>
            Cancel
          </Button>
        </div>
      )}
      {first !== undefined && !isFaulty && (
        <CopyRequest operationId="createOptionsOverlay" input={{ body: first }} />
      )}
    </Panel>
  )
}
