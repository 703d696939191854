import { useEffect, useState } from 'react'
import { useFileDrafts } from '#renderer/stores/file-drafts.ts'
import { mergeEdits } from './diff-lines.ts'
import { type Undo, useUndo } from './use-undo.ts'

export interface FileEdit {
  path: string
  edits: Undo<string>
  /** What the edit started from, to be sent along: a file that is no longer this is not overwritten. */
  base: string
  isChanged: boolean
  /** The file as somebody else has written it meanwhile, where that is not what this edit started from. */
  theirs: string | null
  /** Goes back to the file as it is. */
  revert: () => void
  /** Keeps this text, from now on as an edit of theirs. */
  keepMine: () => void
  /** Both edits in one; null where they touch the same lines. */
  merged: string | null
  takeMerged: () => void
  /** The text was written. */
  written: (text: string) => void
}

/** The edit of one file, with undo, kept by its path until it is written, and watched for writers beside this one. */
export function useFileEdit(path: string, fileText: string): FileEdit {
  const { keep, drop } = useFileDrafts()
  const kept = useFileDrafts.getState().drafts[path]
  const [base, setBase] = useState(kept?.base ?? fileText)
  const edits = useUndo(kept?.text ?? fileText)
  const text = edits.now
  const isChanged = text !== base
  const { restart } = edits

  // An unchanged editor follows its file.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new file text moves the base
  useEffect(() => {
    if (isChanged || fileText === base) return
    setBase(fileText)
    restart(fileText)
  }, [fileText])
  useEffect(() => {
    if (isChanged) keep(path, { base, text })
    else drop(path)
  }, [path, base, text, isChanged, keep, drop])

  const theirs = isChanged && fileText !== base && fileText !== text ? fileText : null
  const merged = theirs === null ? null : mergeEdits(base, text, theirs)
  const startFrom = (from: string, next: string) => {
    setBase(from)
    if (from === next) restart(next)
    else edits.set(next)
  }
  return {
    ...{ path, edits, base, isChanged, theirs, merged },
    revert: () => startFrom(fileText, fileText),
    keepMine: () => setBase(fileText),
    takeMerged: () => merged !== null && startFrom(fileText, merged),
    written: (next) => setBase(next),
  }
}
