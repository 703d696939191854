import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'

/** Unpacks the browser that comes with the dependencies where the machine has none; worker processes inherit its path. */
async function unpackBrowser(): Promise<void> {
  if (process.env['CHROMIUM_PATH'] !== undefined || existsSync('/usr/bin/chromium')) return
  process.env['CHROMIUM_PATH'] = await chromium.executablePath()
}

// biome-ignore lint/style/noDefaultExport: Playwright takes its setup as a default export
export default unpackBrowser
