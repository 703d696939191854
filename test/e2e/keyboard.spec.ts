import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const modelId = 'spy_opt_0dte_hourly_xgb_v1'
/** More stops of the Tab key than any screen has before what is looked for. */
const MOST_STOPS = 90

let root: string
let served: ServedChild

test.beforeEach(async () => {
  test.setTimeout(120_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-keyboard-'))
})

test.afterEach(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

/** What marks the focused element: its outline, its shadow, or in a grid the border of its cell. */
function readFocusMark(page: Page) {
  return page.evaluate(() => {
    const focused = document.activeElement
    if (focused === null) return { name: 'nothing', isSeen: false }
    const style = getComputedStyle(focused)
    const isCell = focused.matches('.ag-cell, .ag-header-cell')
    const border = isCell && !/^(transparent|rgba\(.*, 0\))$/.test(style.borderTopColor)
    const outline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1
    return { name: focused.outerHTML.slice(0, 120), isSeen: outline || style.boxShadow !== 'none' || border }
  })
}

async function expectVisibleFocus(page: Page): Promise<void> {
  const { name, isSeen } = await readFocusMark(page)
  expect(isSeen, `the focus shows on ${name}`).toBe(true)
}

/** Presses Tab until the element has the focus; outside of grids it must show at every stop on the way. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expectVisibleFocus(page)
      return
    }
    await page.keyboard.press('Tab')
    const isGridOrPage = await page.evaluate(
      () =>
        document.activeElement === document.body ||
        document.activeElement?.closest('.ag-root-wrapper') != null,
    )
    if (!isGridOrPage) await expectVisibleFocus(page)
  }
  throw new Error(`Tab does not come to ${target}`)
}

test('the keyboard alone leads from the palette through a sweep, the leaderboard and the cart to a training', async ({
  page,
}) => {
  const { keyboard } = page
  served = await serveChild(join(root, 'workspace'))
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(served.openUrl)
  await expect(page.locator('main h1')).toBeVisible()

  await keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search screens, models and commands' })).toBeFocused()
  await expectVisibleFocus(page)
  await keyboard.type(`sweep ${modelId}`)
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(`Sweep ${modelId}`)
  await keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()

  const run = page.getByTestId('run-sweep')
  await tabTo(page, run)
  await keyboard.press('Enter')
  const status = page.getByTestId('sweep-status')
  await expect(status).toHaveAttribute('data-status', /running|completed/, { timeout: 30_000 })
  await expect(status).toHaveAttribute('data-status', 'completed', { timeout: 60_000 })
  await tabTo(page, page.getByTestId('open-leaderboard'))
  await keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()

  const board = page.getByTestId('leaderboard-grid')
  await expect(board.getByTestId('add-to-cart').first()).toBeVisible()
  await tabTo(page, board.locator('.ag-header-cell').first())
  await keyboard.press('ArrowDown')
  await expect(board.locator('.ag-row[row-index="0"] [col-id="cart"]')).toBeFocused()
  await expectVisibleFocus(page)
  await keyboard.press('Enter')
  await expect(page.getByTestId('open-cart')).toHaveAccessibleName('Selection cart, 1 chosen')

  await keyboard.press('c')
  const drawer = page.getByTestId('cart-drawer')
  await tabTo(page, drawer.getByRole('link', { name: 'Train 1' }))
  await keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
  await expect(drawer).toHaveCount(0)

  const train = page.getByTestId('train-cart')
  await expect(page.getByTestId('gate-chip')).toHaveCount(1)
  await tabTo(page, page.getByLabel(/^Tag/))
  await keyboard.type('keyboard')
  const override = page.getByLabel('I have read why, train them anyway')
  if ((await page.getByTestId('gate-chip').getAttribute('data-pass')) === 'false') {
    await tabTo(page, override)
    await keyboard.press('Space')
  }
  await tabTo(page, train)
  await keyboard.press('Enter')
  const jobs = page.getByRole('region', { name: 'Training jobs' })
  await expect(jobs).toContainText(modelId)
  await expect(jobs).toContainText('keyboard')
})

test('what lies over a screen closes with Escape and gives the focus back', async ({ page }) => {
  const { keyboard } = page
  served = await serveChild(join(root, 'workspace'), ['--no-sample'])
  await page.goto(served.openUrl)
  const opener = page.getByTestId('open-palette')
  await tabTo(page, opener)
  await keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  for (let i = 0; i < 5; i++) await keyboard.press('Tab')
  await keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(opener).toBeFocused()

  const cart = page.getByTestId('open-cart')
  await tabTo(page, cart)
  await keyboard.press('Enter')
  await expect(page.getByTestId('cart-drawer').getByRole('heading').first()).toBeFocused()
  await keyboard.press('Escape')
  await expect(cart).toBeFocused()
})
