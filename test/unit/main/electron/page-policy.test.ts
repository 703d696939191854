import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { choosePort } from '#main/electron/choose-port.ts'
import { closeQuestion } from '#main/electron/close-question.ts'
import { isForBrowser, isOurs, isPermitted, isWorkstation } from '#main/electron/page-policy.ts'
import { argumentsFor, readStartArguments } from '#main/electron/start-arguments.ts'

const origin = 'http://127.0.0.1:8001'

describe('the pages of the window', () => {
  test('are those of the host', () => {
    expect(isOurs(`${origin}/docs#errors`, origin)).toBe(true)
    for (const url of [
      'http://127.0.0.1:8002/',
      'http://localhost:8001/',
      'https://127.0.0.1:8001/',
      'http://127.0.0.1:8001.evil.example/',
      'http://127.0.0.1:8001@evil.example/',
      'file:///etc/passwd',
      'data:text/html,x',
      'javascript:alert(1)',
      'about:blank',
      '',
    ]) {
      expect(isOurs(url, origin), url).toBe(false)
    }
  })

  test('of which the workstation alone may ask the window', () => {
    expect(isWorkstation(`${origin}/#/run?id=1`, origin)).toBe(true)
    expect(isWorkstation(`${origin}/`, origin)).toBe(true)
    expect(isWorkstation(`${origin}/docs`, origin)).toBe(false)
    expect(isWorkstation('http://127.0.0.1:8002/', origin)).toBe(false)
    expect(isWorkstation('', origin)).toBe(false)
  })

  test('send only https to the system’s browser', () => {
    expect(isForBrowser('https://example.org/paper.pdf')).toBe(true)
    for (const url of [
      'http://example.org',
      'file:///bin/sh',
      'smb://host/share',
      'ms-settings:',
      'sigma-lab://run',
      'https://user:secret@example.org',
      'example.org',
    ]) {
      expect(isForBrowser(url), url).toBe(false)
    }
  })

  test('may write to the clipboard and nothing else', () => {
    expect(isPermitted('clipboard-sanitized-write', `${origin}/`, origin)).toBe(true)
    expect(isPermitted('clipboard-sanitized-write', 'https://example.org', origin)).toBe(false)
    for (const each of [
      'clipboard-read',
      'notifications',
      'media',
      'geolocation',
      'openExternal',
      'fileSystem',
      'usb',
    ]) {
      expect(isPermitted(each, `${origin}/`, origin), each).toBe(false)
    }
  })
})

describe('the question before a window closes', () => {
  const job = (title: string, status: 'running' | 'queued' | 'completed') => ({ title, status })

  test('is not asked where nothing runs', () => {
    expect(closeQuestion([])).toBeUndefined()
    expect(closeQuestion([job('Sweep', 'completed')])).toBeUndefined()
  })

  test('names what runs before what waits, and says what goes on at the next start', () => {
    const jobs = [job('Train b', 'queued'), job('Sweep a', 'running')]
    const question = closeQuestion(jobs)
    expect(question?.message).toBe('Jobs are not done: 1 running, 1 waiting')
    expect(question?.detail).toMatch(/^• Sweep a\n• Train b\n\n.*At the next start they go on/)
    expect(question?.buttons[0]).toBe('Keep working')
  })

  test('counts those that it does not name', () => {
    const question = closeQuestion(Array.from({ length: 9 }, (_, i) => job(`Sweep ${i}`, 'running')))
    expect(question?.detail).toContain('• Sweep 4\n• and 4 more')
  })
})

describe('the arguments of a start', () => {
  test('name a workspace and a link among whatever else', () => {
    expect(readStartArguments(['electron', '.', '--workspace', '/a b', 'sigma-lab://run?id=1'])).toEqual({
      workspace: '/a b',
      link: 'sigma-lab://run?id=1',
    })
    expect(readStartArguments(['electron', '--workspace=/w', '--no-sandbox']).workspace).toBe('/w')
    for (const args of [[], ['--workspace'], ['--workspace='], ['--workspace', '--no-sandbox']]) {
      expect(readStartArguments(args)).toEqual({ workspace: undefined, link: undefined })
    }
  })

  test('are kept for another workspace, without the old one and the link that was followed', () => {
    const next = ['.', '--no-sandbox', '--workspace=/new']
    expect(argumentsFor('/new', ['.', '--workspace', '/old', '--no-sandbox', 'sigma-lab://run'])).toEqual(
      next,
    )
    expect(argumentsFor('/new', ['.', '--workspace=/old', '--no-sandbox'])).toEqual(next)
    expect(argumentsFor('/new', ['.', '--no-sandbox'])).toEqual(next)
  })
})

describe('the port of the window', () => {
  test('is the last one while it is free, so that the page finds what it remembers', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    expect(await choosePort(port)).toBe(0)
    await new Promise((resolve) => server.close(resolve))
    expect(await choosePort(port)).toBe(port)
  })

  test.each([undefined, null, '8001', 0, 80, 70_000, 1.5, Number.NaN])(
    'is any where the last was %j',
    async (last) => {
      expect(await choosePort(last)).toBe(0)
    },
  )
})
