export const linkScheme = 'sigma-lab'

const longest = 2000

/**
 * `sigma-lab://leaderboard?model_id=x` as the page's own link, `#/leaderboard?model_id=x`; undefined for whatever is none. Any web
 * page can send one, so it names a screen and what that shows and can do nothing else.
 */
export function hashOfLink(link: string): string | undefined {
  if (link.length > longest || !URL.canParse(link)) return undefined
  const { protocol, host, pathname, searchParams, username, password } = new URL(link)
  if (protocol !== `${linkScheme}:` || username !== '' || password !== '') return undefined
  // Browsers and systems differ in how they write the end of the screen: screen?…, screen/?…, and without slashes at all.
  const screen = `${host}${pathname}`.replace(/^\/+|\/+$/g, '')
  if (!/^([a-z][a-z-]{0,30})?$/.test(screen)) return undefined
  const params = [...searchParams].filter(([, value]) => value !== '')
  const isPlain = params.every(([name, value]) => /^[a-z][a-z_]{0,40}$/.test(name) && !/\p{Cc}/u.test(value))
  if (!isPlain) return undefined
  params.sort(([a], [b]) => (a < b ? -1 : 1))
  const search = new URLSearchParams(params).toString()
  return `#/${screen === '' ? 'home' : screen}${search === '' ? '' : `?${search}`}`
}

/** The link among the arguments that a system starts the program with. */
export function linkAmong(args: readonly string[]): string | undefined {
  return args.find((each) => each.startsWith(`${linkScheme}:`))
}
