import { openImporter } from './open-importer.ts'

// Child of the crash test: imports one of two files over the other, again and again, and says each that was answered.
const [root = ''] = process.argv.slice(2)
const { data, runner } = await openImporter(root)
runner.recover()
for (let turn = 0; turn < 1000; turn++) {
  const path = turn % 2 === 0 ? 'one.csv' : 'two.csv'
  const { import_id } = await data.importFile({
    ...{ ticker: 'SPY', cadence: '5m', mode: 'commit', on_duplicate: 'replace', path },
  })
  process.stdout.write(`${import_id}\n`)
}
