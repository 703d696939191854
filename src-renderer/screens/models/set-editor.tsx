import { useEffect, useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useLatest } from '#renderer/api/use-latest.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { ProblemList } from '#renderer/components/problem-list.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { ReviewDialog } from '#renderer/components/review-dialog.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { UndoButtons } from '#renderer/components/undo-buttons.tsx'
import { useUndo } from '#renderer/components/use-undo.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { IndicatorCatalogue } from './indicator-catalogue.tsx'
import { addEntry, draftOf, isSameDraft, type SetDraft } from './set-draft.ts'
import { SetEntries } from './set-entries.tsx'
import { SetOutput } from './set-output.tsx'

type SetFile = ReplyOf<'getIndicatorSet'>

interface SetEditorProps {
  packId: string
  /** null for a set that is not there yet. */
  file: SetFile | null
  /** The file is another by now: it is read again. */
  onStale: () => void
}

const plainName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/

/** An indicator set beside the catalogue: every entry with its parameters, and the columns that come out. */
export function SetEditor({ packId, file, onStale }: SetEditorProps) {
  const [base, setBase] = useState(file)
  const [first, setFirst] = useState<SetDraft>(() =>
    draftOf(file?.indicators ?? [], file?.description ?? null),
  )
  const [name, setName] = useState(file?.name ?? '')
  const [isReviewing, setReviewing] = useState(false)
  const edits = useUndo(first)
  const draft = edits.now
  const isChanged = !isSameDraft(draft, first)
  const { restart } = edits
  const openFile = (next: SetFile) => {
    const from = draftOf(next.indicators, next.description)
    setBase(next)
    setFirst(from)
    restart(from)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: an unchanged editor follows its file, by the text alone
  useEffect(() => {
    if (file !== null && file.text !== base?.text && !isChanged) openFile(file)
  }, [file?.text])

  const catalogue = useQuery('listIndicators', { query: {} })
  const isNamed = plainName.test(name)
  const body = {
    pack_id: packId,
    name: isNamed ? name : 'new_set',
    indicators: draft.entries.map(({ spec }) => spec),
    ...(draft.description === '' ? {} : { description: draft.description }),
  }
  const checked = useLatest('checkIndicatorSet', { body })
  const write = useAction('writeIndicatorSet')
  const push = useToasts((store) => store.push)
  const { data } = checked
  const wrong = data?.entries.filter(({ problem }) => problem !== null).length ?? 0
  const canReview = isNamed && isChanged && !checked.isBehind && typeof data?.text === 'string'
  const isMoved = file !== null && base !== null && file.text !== base.text && isChanged

  const save = async () => {
    const reply = await write.run({ body: { ...body, if_text: base?.text ?? null } })
    setReviewing(false)
    onStale()
    if (reply === undefined) return
    push({ tone: 'good', text: `${reply.path} written, ${formatPlural(reply.count, 'indicator')}` })
    setFirst(draft)
    if (base === null) setParams({ set: name, new: undefined })
    else if (typeof data?.text === 'string') setBase({ ...base, text: data.text })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: undo belongs to whatever of the editor holds the keyboard
    <div
      className="columns sets"
      style={{ '--column': '400px' }}
      onKeyDown={(event) => {
        // Inputs keep their own undo while somebody types in them.
        if (!(event.target instanceof HTMLInputElement)) edits.onKeyDown(event)
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
          event.preventDefault()
          if (canReview) setReviewing(true)
        }
      }}
    >
      <div className="stack">
        <Panel
          title={base === null ? 'New set' : base.name}
          note={
            <>
              {base !== null && <code>{base.path}</code>}
              {file?.version != null && <Badge>version {file.version}</Badge>}
              {isChanged && <Badge tone="warn">not written</Badge>}
              {wrong > 0 && <Badge tone="bad">{formatPlural(wrong, 'mistake')}</Badge>}
            </>
          }
          actions={
            <>
              <UndoButtons edits={edits} />
              <Button
                small
                look="primary"
                title="Ctrl S"
                data-testid="review-set"
                disabled={!canReview}
                onClick={() => setReviewing(true)}
              >
                Review and write
              </Button>
            </>
          }
        >
          <ErrorLine error={write.error ?? checked.error} />
          {isMoved && (
            <div className="banner tone-warn" role="alert" data-testid="changed-underneath">
              <span className="grow">The file was changed on disk since you began.</span>
              <Button small onClick={() => setBase(file)}>
                Keep mine
              </Button>
              <Button small onClick={() => openFile(file)}>
                Take theirs
              </Button>
            </div>
          )}
          <div className="toolbar">
            {base === null && (
              <TextField
                label="Name"
                size={26}
                spellCheck={false}
                value={name}
                problem={name === '' || isNamed ? undefined : 'letters, digits, dot, dash and underscore'}
                onChange={(event) => setName(event.target.value)}
              />
            )}
            <TextField
              label="What it is for"
              size={44}
              value={draft.description}
              onChange={(event) => edits.set({ ...draft, description: event.target.value }, 'description')}
            />
            <CopyRequest operationId="writeIndicatorSet" input={{ body }} />
          </div>
          <UsedBy models={file?.used_by ?? []} />
          <SetEntries
            key={first.entries[0]?.id}
            draft={draft}
            states={data?.entries ?? []}
            isSettled={!checked.isBehind}
            catalogue={catalogue.data?.indicators ?? []}
            onChange={edits.set}
          />
          {data !== undefined && data.problems.length > 0 && draft.entries.length > 0 && (
            <ProblemList problems={data.problems} />
          )}
        </Panel>
        {data !== undefined && <SetOutput checked={data} />}
      </div>
      <QueryView query={catalogue} lines={8}>
        {({ indicators = [] }) => (
          <IndicatorCatalogue
            indicators={indicators}
            onAdd={(indicator) => edits.set(addEntry(draft, indicator))}
          />
        )}
      </QueryView>
      {isReviewing && typeof data?.text === 'string' && (
        <ReviewDialog
          path={data.path ?? ''}
          before={base?.text ?? ''}
          after={data.text}
          isWriting={write.pending}
          onWrite={() => void save()}
          onClose={() => setReviewing(false)}
        >
          <UsedBy models={file?.used_by ?? []} />
        </ReviewDialog>
      )}
    </div>
  )
}

/** A change of a set is a change of every matrix that is built from it. */
function UsedBy({ models }: { models: readonly string[] }) {
  if (models.length === 0) return null
  return (
    <p className="muted">
      {models.length === 1 ? 'One model is' : `${models.length} models are`} built from it, and get another
      matrix by a change: {models.join(', ')}.
    </p>
  )
}
