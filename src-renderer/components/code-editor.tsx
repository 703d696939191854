import { type KeyboardEvent, type Ref, useMemo } from 'react'
import { highlightYaml } from './highlight-yaml.ts'
import type { FileProblem } from './problem-list.tsx'

interface CodeEditorProps {
  label: string
  text: string
  problems: readonly FileProblem[]
  area: Ref<HTMLTextAreaElement>
  testId?: string
  readOnly?: boolean
  onChange: (text: string) => void
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
}

/**
 * YAML with line numbers, colours and marks at faulty lines. The text is a plain textarea, transparent over its coloured copy:
 * what assistive tools, spell checkers and tests see is the textarea.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { label, text, problems, area, testId, readOnly = false, onChange, onKeyDown } = props
  const lines = useMemo(() => text.split('\n').map(highlightYaml), [text])
  const faults = new Map(problems.map(({ line, message }) => [line, message]))
  return (
    <div className="code-editor">
      <div className="code-sheet">
        <ol className="gutter" aria-hidden="true">
          {lines.map((_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <li key={i} className={faults.has(i + 1) ? 'faulty' : undefined} title={faults.get(i + 1)}>
              {i + 1}
            </li>
          ))}
        </ol>
        <div className="code-text">
          <pre aria-hidden="true">
            {lines.map((tokens, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <span key={i} className={faults.has(i + 1) ? 'line faulty' : 'line'}>
                {tokens.map(({ kind, text: piece }, j) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line
                  <span key={j} className={kind}>
                    {piece}
                  </span>
                ))}
                {'\n'}
              </span>
            ))}
          </pre>
          <textarea
            ref={area}
            aria-label={label}
            aria-invalid={problems.length > 0}
            data-testid={testId}
            spellCheck={false}
            autoCapitalize="off"
            wrap="off"
            readOnly={readOnly}
            value={text}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
    </div>
  )
}

/** Puts the cursor at a line and column, both from 1, and the keyboard there. */
export function goToPlace(area: HTMLTextAreaElement | null, line: number, column: number): void {
  if (area === null) return
  const lines = area.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  const at = Math.min(start + column - 1, area.value.length)
  area.focus({ preventScroll: true })
  area.setSelectionRange(at, at)
  const box = area.closest('.code-editor')
  if (box === null) return
  const height = area.clientHeight / Math.max(1, lines.length)
  box.scrollTop = Math.max(0, height * (line - 1) - box.clientHeight / 3)
}
