import { type RefObject, useLayoutEffect, useState } from 'react'

/** The height up to `most` at which a table that scrolls ends with a whole row. */
export function useWholeRows(box: RefObject<HTMLElement | null>, most: number | undefined) {
  const [height, setHeight] = useState(most)
  // After every draw, since new rows may be higher; before it is painted, so that nothing jumps.
  useLayoutEffect(() => {
    const element = box.current
    if (element === null || most === undefined || element.scrollHeight <= most) return setHeight(most)
    const top = element.querySelector('table')?.getBoundingClientRect().top ?? 0
    const ends = [...element.querySelectorAll('tbody tr')].map(
      (row) => row.getBoundingClientRect().bottom - top,
    )
    setHeight(ends.findLast((end) => end <= most) ?? most)
  })
  return height
}
