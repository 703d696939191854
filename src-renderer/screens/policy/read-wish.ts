/** A number that was typed, with what is wrong with it; an empty text wishes nothing. */
export function readWish(
  text: string,
  { least, isWhole = false }: { least: number; isWhole?: boolean },
): { value: number | null; problem: string | undefined } {
  const trimmed = text.trim()
  if (trimmed === '') return { value: null, problem: undefined }
  const value = Number(trimmed)
  const isFine = Number.isFinite(value) && value >= least && (!isWhole || Number.isInteger(value))
  if (isFine) return { value, problem: undefined }
  return { value: null, problem: `expected a ${isWhole ? 'whole ' : ''}number of at least ${least}` }
}
