import { Fragment } from 'react'
import { describeValue } from '#renderer/components/describe-value.ts'
import { humanize } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'

/** What the request said; all else came from the model, its policy and its pack. */
export function ParamsPanel({ params }: { params: Record<string, unknown> }) {
  const entries = Object.entries(params)
  return (
    <Panel title="What was asked">
      {entries.length === 0 ? (
        <EmptyState title="Nothing beyond the defaults" />
      ) : (
        <dl className="pairs">
          {entries.map(([name, value]) => (
            <Fragment key={name}>
              <dt>{humanize(name)}</dt>
              <dd>{describeValue(value)}</dd>
            </Fragment>
          ))}
        </dl>
      )}
    </Panel>
  )
}
