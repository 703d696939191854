import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Duck, openDuck } from '#main/lake/duck.ts'
import { describeFile } from '#main/services/csv-file.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck()
})
afterAll(() => duck.close())

const text = 'date,close,f,y\n2024-07-01,1,2,UP\n'

it.each([
  ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'own.csv is in UTF-16: save it as UTF-8'],
  ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), 'own.csv holds zero bytes'],
  ['Windows-1252', Buffer.from('date,gr\xf6\xdfe\n', 'latin1'), 'own.csv is not in UTF-8'],
  ['no bytes', Buffer.alloc(0), 'own.csv is empty'],
  ['a spreadsheet', Buffer.from('PK\x03\x04xx\n'), 'own.csv is a ZIP archive or a spreadsheet'],
  ['Parquet', Buffer.from('PAR1 and more PAR1'), 'csv own.csv is Parquet'],
])('a CSV that is %s is refused by name and reason', async (_, bytes, message) => {
  const root = temporaryFolder()
  writeFileSync(join(root, 'own.csv'), bytes)
  const failure = await describeFile({ duck, root }, 'own.csv').catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'INVALID_PARAM', message: expect.stringContaining(message) })
  expect((failure as Error).message).not.toContain(root)
})

it('a folder and a file that is not there are refused as csv, with their paths', async () => {
  const root = temporaryFolder()
  mkdirSync(join(root, 'folder.csv'))
  await expect(describeFile({ duck, root }, 'folder.csv')).rejects.toThrow('csv: "folder.csv" is a folder')
  await expect(describeFile({ duck, root }, 'none.csv')).rejects.toThrow('csv: "none.csv" does not exist')
})
