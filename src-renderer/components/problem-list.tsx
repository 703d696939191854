import type { ReplyOf } from '#shared/contract/index.ts'

export type FileProblem = ReplyOf<'getModelConfig'>['problems'][number]

interface ProblemListProps {
  problems: readonly FileProblem[]
  /** Where the file is open, a problem leads to its place in it. */
  onGo?: (line: number, column: number) => void
}

/** What is wrong with files, each mistake with its place. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  return (
    <ul className="problems" data-testid="problems">
      {problems.map((problem) => {
        const { path, line, column, message } = problem
        const place = line === null ? path : `${onGo === undefined ? `${path}:` : ''}${line}:${column ?? 1}`
        return (
          <li key={`${path}${line}${column}${message}`}>
            {onGo === undefined || line === null ? (
              <code>{place}</code>
            ) : (
              <button
                type="button"
                className="link"
                aria-label={`Go to line ${line}`}
                onClick={() => onGo(line, column ?? 1)}
              >
                {place}
              </button>
            )}{' '}
            {message}
          </li>
        )
      })}
    </ul>
  )
}
