type Progress = { share: number; note: string } | null

/** One line a step: how far it is while it runs (on a terminal), how long it took when it is done. */
export function createProgressLine() {
  const isTerminal = process.stdout.isTTY === true
  const columns = process.stdout.columns ?? 100
  const show = (text: string) => process.stdout.write(`\r${text.slice(0, columns - 1).padEnd(columns - 1)}`)

  return {
    async during<T>(title: string, work: Promise<T>, progress: () => Promise<Progress>): Promise<T> {
      const began = performance.now()
      let isDone = false
      const timer = setInterval(async () => {
        const now = await progress().catch(() => null)
        if (isDone || !isTerminal) return
        show(
          now
            ? ` ${String(Math.round(now.share * 100)).padStart(3)} %  ${title}  ${now.note}`
            : `   …    ${title}`,
        )
      }, 250)
      try {
        return await work
      } finally {
        isDone = true
        clearInterval(timer)
        const seconds = ((performance.now() - began) / 1000).toFixed(1)
        const text = `   ${title} (${seconds} s)`
        if (isTerminal) show(text)
        process.stdout.write(isTerminal ? '\n' : `${text}\n`)
      }
    },
  }
}
