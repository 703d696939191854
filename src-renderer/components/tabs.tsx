import { useLinkTo } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import type { ScreenTab } from '#renderer/stores/screen-tabs.ts'

/** The tab that the link names (`tab=`), else the first. */
export function useTab<T extends ScreenTab>(tabs: readonly T[]): T {
  const { params } = useHash()
  return tabs.find(({ id }) => id === params['tab']) ?? tabs[0]!
}

interface TabsProps {
  label: string
  screen: string
  tabs: readonly ScreenTab[]
  current: ScreenTab
}

/** The parts of a screen, each with a link of its own; `[` and `]` step through them. */
export function Tabs({ label, screen, tabs, current }: TabsProps) {
  const linkTo = useLinkTo()
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab, i) => (
        <a
          key={tab.id}
          href={linkTo(screen, i === 0 ? {} : { tab: tab.id })}
          aria-current={tab.id === current.id ? 'page' : undefined}
          data-testid={`tab-${tab.id}`}
        >
          {tab.title}
        </a>
      ))}
    </nav>
  )
}
