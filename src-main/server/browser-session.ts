import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Accounts, Actor } from './accounts.ts'

const linkLife = 60 * 60 * 1000
const cookieLife = 30 * 24 * 60 * 60 * 1000

/** Cookies of the page that the host serves; docs/decisions/0002-browser-session.md says why they look like this. */
export interface BrowserSessions {
  /** A path that turns the browser opening it into `userId`, once, within an hour. */
  openPath: (userId: number) => string
  /** The account a key of `openPath` stands for, and the end of that key. */
  redeem: (key: string) => number | undefined
  /** Set-Cookie value for an account, or for whoever sits at this machine (null). */
  cookieFor: (userId: number | null, port: number) => string
  /** Set-Cookie value that takes the cookie away. */
  noCookie: (port: number) => string
  actorOf: (cookieHeader: string | undefined, port: number) => Actor | undefined
}

export function createBrowserSessions(accounts: Accounts, now: () => number): BrowserSessions {
  const links = new Map<string, { userId: number; expires: number }>()

  // Signed rather than stored, so that an open page lives on when the host comes back after a crash.
  const sign = (userId: number | null, issued: string, port: number) => {
    const secret = accounts.sessionSecret(userId)
    if (secret === undefined) return undefined
    return createHmac('sha256', secret).update(`sigma-session|${port}|${userId}|${issued}`).digest()
  }

  return {
    openPath(userId) {
      const key = randomBytes(32).toString('base64url')
      links.set(digest(key), { userId, expires: now() + linkLife })
      return `/open?key=${key}`
    },

    redeem(key) {
      const name = digest(key)
      const link = links.get(name)
      links.delete(name)
      return link !== undefined && link.expires > now() ? link.userId : undefined
    },

    cookieFor(userId, port) {
      const issued = now().toString(36)
      const mac = sign(userId, issued, port)
      if (mac === undefined) throw new Error(`no session secret for user ${userId}`)
      const value = `${userId ?? 'local'}.${issued}.${mac.toString('base64url')}`
      return formatCookie(port, value, cookieLife / 1000)
    },

    noCookie: (port) => formatCookie(port, '', 0),

    actorOf(cookieHeader, port) {
      const value = readCookie(cookieHeader, cookieName(port))
      const match = /^(local|\d{1,15})\.([0-9a-z]{1,12})\.([\w-]{43})$/.exec(value ?? '')
      if (match === null) return undefined
      const [, who = '', issued = '', given = ''] = match
      const userId = who === 'local' ? null : Number(who)
      const mac = sign(userId, issued, port)
      if (mac === undefined || !timingSafeEqual(mac, Buffer.from(given, 'base64url'))) return undefined
      if (Number.parseInt(issued, 36) + cookieLife < now()) return undefined
      return userId === null ? { id: null, name: 'local', role: 'trader' } : accounts.actorOfId(userId)
    },
  }
}

/** The port is part of the name: browsers send cookies to every port of a host, and two hosts must not overwrite each other. */
function cookieName(port: number): string {
  return `sigma_session_${port}`
}

function formatCookie(port: number, value: string, seconds: number): string {
  return `${cookieName(port)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=')
    if (key === name) return value
  }
  return undefined
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
