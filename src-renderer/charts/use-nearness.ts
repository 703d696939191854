import { type RefObject, useEffect, useState } from 'react'

/** How far below the window a thing is got ready, so that nobody sees it being drawn. */
const AHEAD = '400px'

/** True once an element has come near the window; it stays true. A screen of ten plots need not draw ten at once. */
export function useNearness(element: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    if (element.current === null || isNear) return
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setNear(true),
      // The screen scrolls in a box of its own, which a margin of the root does not reach.
      { rootMargin: AHEAD, scrollMargin: AHEAD } as IntersectionObserverInit,
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, isNear])
  return isNear
}
