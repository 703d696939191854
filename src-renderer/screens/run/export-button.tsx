import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { asSigmaError } from '#renderer/api/query-cache.ts'
import { Button } from '#renderer/components/button.tsx'
import { Icon } from '#renderer/components/icon.tsx'
import { saveFile } from '#renderer/components/save-file.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { RunView } from './run-parts.tsx'
import { RunReport } from './run-report.tsx'

/** Bars of the overview in a saved page: more would be one thick line. */
const REPORT_BARS = 600

/** Saves the tear sheet as one file that needs nothing else. */
export function ExportButton({ reply, sheet }: RunView) {
  const [isPending, setPending] = useState(false)
  const push = useToasts((store) => store.push)
  const save = async () => {
    setPending(true)
    try {
      const { writeReport } = await import('./write-report.tsx')
      const { importance, benchmark } = sheet
      const trained =
        importance === null
          ? null
          : await call('getTrainingImportance', { params: { id: importance.training_run_id } })
      const bars =
        benchmark === null
          ? null
          : await call('getRunBars', { params: { id: reply.run.id }, query: { max_points: REPORT_BARS } })
      const html = await writeReport(
        `Run ${reply.run.id}, ${reply.run.model_id}`,
        <RunReport reply={reply} sheet={sheet} trained={trained} bars={bars} />,
        usePreferences.getState().theme,
      )
      saveFile(`run-${reply.run.id}-${reply.run.model_id}`, 'html', html)
    } catch (cause) {
      push({ tone: 'bad', text: asSigmaError(cause).message })
    } finally {
      setPending(false)
    }
  }
  return (
    <Button small data-testid="export-run" disabled={isPending} onClick={() => void save()}>
      <Icon name="download" size={12} /> {isPending ? 'Drawing…' : 'Export HTML'}
    </Button>
  )
}
