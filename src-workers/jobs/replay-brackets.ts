import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { ReplaySummary, replayBracketsJob as spec } from '#shared/jobs/replay-brackets.ts'
import { prepareGround, replaySignals } from '#workers/brackets/replay-signals.ts'

/** What a model's signals would have come to behind stops and targets, one summary per replay. */
export const replayBrackets: JobHandler<typeof spec> = (input, { report, cancelled }) => {
  const ground = prepareGround(input)
  const summaries: ReplaySummary[] = []
  for (const replay of input.replays) {
    if (cancelled()) throw new SigmaError('CANCELED', 'the replay of brackets was canceled')
    summaries.push(replaySignals(ground, replay))
    report({ done: summaries.length, total: input.replays.length })
  }
  return summaries
}
