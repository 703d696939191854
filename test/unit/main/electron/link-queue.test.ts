import { expect, test } from 'vitest'
import { createLinkQueue } from '#main/electron/link-queue.ts'

test('links wait for the page to listen; the last of them is followed, and only once', () => {
  const sent: string[] = []
  const queue = createLinkQueue((hash) => sent.push(hash))
  queue.follow('#/run?id=1')
  queue.follow('#/run?id=2')
  expect(sent).toEqual([])
  queue.pageListens()
  queue.pageListens()
  expect(sent).toEqual(['#/run?id=2'])
  queue.follow('#/home')
  queue.pageLeaves()
  queue.follow('#/data')
  expect(sent).toEqual(['#/run?id=2', '#/home'])
  queue.pageListens()
  expect(sent).toEqual(['#/run?id=2', '#/home', '#/data'])
})
