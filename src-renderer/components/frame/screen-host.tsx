import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react'
import { screens } from '#renderer/screens/index.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { EmptyState, LoadingState } from '../states.tsx'
import { ErrorBoundary } from './error-boundary.tsx'

const loaded = new Map<string, ComponentType>(
  screens.map(({ id, load }) => [id, lazy(async () => ({ default: await load() }))]),
)

/** Shows the screen that the link names, and moves the focus to it when it changes. */
export function ScreenHost() {
  const { screen } = useHash()
  const linkTo = useLinkTo()
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  const Screen = loaded.get(screen)
  const title = screens.find(({ id }) => id === screen)?.title ?? 'Not found'

  useEffect(() => {
    document.title = `${title} · Sigma Lab`
    if (!isFirst.current) main.current?.focus()
    isFirst.current = false
  }, [title])

  return (
    <main className="main" id="main" tabIndex={-1} ref={main} aria-label={title}>
      <ErrorBoundary key={screen}>
        <Suspense fallback={<LoadingState label={`Opening ${title}`} />}>
          {Screen === undefined ? (
            <EmptyState
              title={`There is no screen “${screen}”`}
              action={<a href={linkTo('home')}>Go home</a>}
            />
          ) : (
            <Screen />
          )}
        </Suspense>
      </ErrorBoundary>
    </main>
  )
}
