import { useMemo, useSyncExternalStore } from 'react'

export type HashParams = Readonly<Record<string, string>>
export interface HashState {
  screen: string
  params: HashParams
}

/** `#/leaderboard?model_id=x&pass_gate=1` as a screen and its parameters; an empty hash is the home screen. */
export function parseHash(hash: string): HashState {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  return { screen: path === '' ? 'home' : path, params: Object.fromEntries(new URLSearchParams(search)) }
}

/** The inverse of `parseHash`. Undefined and empty values are left out, keys are sorted, so equal states are equal links. */
export function formatHash(
  screen: string,
  params: Readonly<Record<string, string | undefined>> = {},
): string {
  const kept = Object.entries(params).filter((entry): entry is [string, string] => !!entry[1])
  kept.sort(([a], [b]) => (a < b ? -1 : 1))
  const search = new URLSearchParams(kept).toString()
  return search === '' ? `#/${screen}` : `#/${screen}?${search}`
}

/** Follows the address bar. */
export function useHash(): HashState {
  const hash = useSyncExternalStore(followHash, () => location.hash)
  return useMemo(() => parseHash(hash), [hash])
}

function followHash(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

export function navigate(screen: string, params: Readonly<Record<string, string | undefined>> = {}): void {
  location.hash = formatHash(screen, params)
}

/** Changes some parameters of the present screen without a new entry in the history; undefined removes one. */
export function setParams(change: Readonly<Record<string, string | undefined>>): void {
  const { screen, params } = parseHash(location.hash)
  history.replaceState(null, '', formatHash(screen, { ...params, ...change }))
  dispatchEvent(new HashChangeEvent('hashchange'))
}
