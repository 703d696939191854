import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/**
 * How far a table must give way so that it needs no scrolling sideways, from 0 to `most`.
 * It is measured, not guessed from the window: the same table stands in wide and in narrow boxes.
 */
export function useTableFit(box: RefObject<HTMLElement | null>, most: number): number {
  const [step, setStep] = useState(0)
  // After every draw, since new rows may be wider; before it is painted, so that nothing jumps.
  useLayoutEffect(() => {
    const element = box.current
    if (element !== null && step < most && element.scrollWidth > element.clientWidth) setStep(step + 1)
  })
  useEffect(() => {
    const element = box.current
    if (element === null) return
    // The outer width: the inner one changes with the scrollbar, which changes with the step.
    let width = element.offsetWidth
    const observer = new ResizeObserver(() => {
      if (element.offsetWidth === width) return
      width = element.offsetWidth
      setStep(0)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return step
}
