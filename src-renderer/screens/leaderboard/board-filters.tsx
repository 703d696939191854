import { CheckField } from '#renderer/components/field.tsx'
import { Icon } from '#renderer/components/icon.tsx'
import { setParams } from '#renderer/stores/hash-state.ts'
import { type Board, orders } from './use-board-query.ts'

/** What is shown and in which order; everything goes into the link. */
export function BoardFilters({ board }: { board: Board }) {
  return (
    <div className="row">
      <label className="row">
        <span className="muted">Order by</span>
        <select
          className="input"
          data-testid="order-by"
          value={board.order}
          onChange={(event) => setParams({ order_by: event.target.value })}
        >
          {orders.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <CheckField
        label="Passing only"
        checked={board.isPassingOnly}
        disabled={board.isFlipsOnly}
        onChange={(checked) => setParams({ pass_gate: checked ? '1' : undefined })}
      />
      <CheckField
        label="Every risk profile"
        checked={board.isEveryProfile}
        disabled={board.isFlipsOnly}
        onChange={(checked) => setParams({ profiles: checked ? 'all' : undefined })}
      />
      <CheckField
        label="Only what flips between profiles"
        checked={board.isFlipsOnly}
        onChange={(checked) => setParams({ flips: checked ? '1' : undefined })}
      />
      {board.sweepId !== undefined && (
        <FilterChip name="sweep" text={`Sweep ${board.sweepId}`} param="sweep_id" />
      )}
      {board.tag !== '' && <FilterChip name="tag" text={`Tag ${board.tag}`} param="tag" />}
    </div>
  )
}

function FilterChip({ name, text, param }: { name: string; text: string; param: string }) {
  return (
    <button
      type="button"
      className="chip tone-info"
      aria-label={`Stop filtering by ${name}`}
      onClick={() => setParams({ [param]: undefined })}
    >
      {text}
      <Icon name="close" size={9} />
    </button>
  )
}
