/** What a page in the window may reach. `origin` is the host's, without a trailing slash. */
export const isOurs = (url: string, origin: string): boolean =>
  URL.canParse(url) && new URL(url).origin === origin

/** The page of the workstation itself, which alone may speak to the window. */
export const isWorkstation = (url: string, origin: string): boolean =>
  isOurs(url, origin) && new URL(url).pathname === '/'

/** An address that the system's browser may be given. No other scheme: some start programs. */
export function isForBrowser(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return protocol === 'https:' && username === '' && password === ''
}

/** Nothing but copying to the clipboard, which the page's copy buttons do, and that for the page alone. */
export const isPermitted = (permission: string, url: string, origin: string): boolean =>
  permission === 'clipboard-sanitized-write' && isOurs(url, origin)
