import { useState } from 'react'
import { formatBytes } from './format.ts'

interface FileDropProps {
  file: Pick<File, 'name' | 'size'> | undefined
  /** Endings that the chooser offers. */
  accept?: string
  testId?: string
  onFile: (file: File) => void
  /** Chooses in place of the browser's own dialog, where there is something better. */
  onAsk?: () => void
}

/** A file of the user's machine: chosen by a click, or dropped. */
export function FileDrop({
  file,
  accept = '.csv,.txt,.tsv,.parquet,.pq',
  testId = 'import-file',
  onFile,
  onAsk,
}: FileDropProps) {
  const [isOver, setOver] = useState(false)
  return (
    <label
      className={isOver ? 'file-drop over' : 'file-drop'}
      // Keeps the hidden input in here: from the page's corner it would make the whole window scroll.
      style={{ position: 'relative' }}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const dropped = event.dataTransfer.files[0]
        if (dropped !== undefined) onFile(dropped)
      }}
    >
      <input
        type="file"
        className="visually-hidden"
        accept={accept}
        data-testid={testId}
        onClick={(event) => {
          if (onAsk === undefined) return
          event.preventDefault()
          onAsk()
        }}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          if (chosen !== undefined) onFile(chosen)
          // The same file may be chosen again after it was edited.
          event.target.value = ''
        }}
      />
      {file === undefined
        ? 'Drop a file here, or click to choose'
        : `${file.name}, ${formatBytes(file.size)}`}
    </label>
  )
}
