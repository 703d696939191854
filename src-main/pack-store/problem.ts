import { SigmaError } from '#shared/errors.ts'

/** What is wrong with a file, and where: path in the workspace, line and column from 1, null where the file as a whole is meant. */
export interface PackProblem {
  path: string
  line: number | null
  column: number | null
  message: string
}

/** `packs/x/pack.yaml:12:3: unknown key …`. */
export function formatProblem({ path, line, column, message }: PackProblem): string {
  return line === null ? `${path}: ${message}` : `${path}:${line}:${column ?? 1}: ${message}`
}

/** Throws the problems if there are any. */
export function requireSound(problems: readonly PackProblem[]): void {
  if (problems.length > 0) throw problemError(problems)
}

/** The first problem as an error that carries all of them. */
export function problemError(problems: readonly PackProblem[]): SigmaError {
  const [first] = problems
  const message = first === undefined ? 'the file is not valid' : formatProblem(first)
  return new SigmaError('INVALID_PARAM', message, { details: { problems } })
}
