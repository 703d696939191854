import { useEffect, useRef, useState } from 'react'

/** A value once it has stood still for a while: what is asked of the host while someone types. */
export function useSettled<T>(value: T, waitMs = 250): T {
  const [settled, setSettled] = useState(value)
  const key = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the value, which callers build inline
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs)
    return () => clearTimeout(timer)
  }, [key, waitMs])
  return settled
}

/** The last known value while the next one is on its way. */
export function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value)
  if (value !== undefined) last.current = value
  return last.current
}
