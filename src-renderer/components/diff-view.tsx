import { useMemo } from 'react'
import { countChanges, diffLines, foldDiff } from './diff-lines.ts'

interface DiffViewProps {
  label: string
  before: string
  after: string
}

const signs = { same: ' ', removed: '−', added: '+' } as const

/** What changes between two texts, line by line, with a few lines around. */
export function DiffView({ label, before, after }: DiffViewProps) {
  const lines = useMemo(() => diffLines(before, after), [before, after])
  const { added, removed } = countChanges(lines)
  return (
    <section className="stack tight" aria-label={label}>
      <p className="muted">
        {added + removed === 0 ? (
          'Nothing changes.'
        ) : (
          <>
            <span className="gain">+{added}</span> <span className="loss">−{removed}</span>{' '}
            {added + removed === 1 ? 'line' : 'lines'}
          </>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre className="diff" tabIndex={0}>
        {foldDiff(lines).map((line, i) =>
          line === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            <span key={i} className="gap">
              ⋯
            </span>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            <span key={i} className={line.kind}>
              <span className="place" aria-hidden="true">
                {line.after ?? line.before}
              </span>
              {signs[line.kind]} {line.text}
            </span>
          ),
        )}
      </pre>
    </section>
  )
}
