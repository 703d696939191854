import { navigate } from '#renderer/stores/hash-state.ts'

export interface Command {
  id: string
  title: string
  hint: string
  run: () => void
}

/** Commands whose words hold every typed word, those that start with the text first. `#12` opens run 12. */
export function rankCommands(text: string, commands: readonly Command[]): Command[] {
  const run = /^#?(\d+)$/.exec(text.trim())?.[1]
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const matches = commands.filter(({ title, hint }) => {
    const haystack = `${title} ${hint}`.toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
  const start = words[0] ?? ''
  const ranked = matches.toSorted((a, b) => rank(a, start) - rank(b, start))
  if (run === undefined) return ranked
  return [
    { id: `run ${run}`, title: `Open run #${run}`, hint: 'run', run: () => navigate('run', { id: run }) },
    ...ranked,
  ]
}

const rank = ({ title }: Command, start: string): number => (title.toLowerCase().startsWith(start) ? 0 : 1)
