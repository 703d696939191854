import { acquireLock } from '#main/workspace/lock.ts'

// Child of the lock test: says whether it got the lock, and holds it until it is killed.
const [path = ''] = process.argv.slice(2)
try {
  acquireLock(path, '2024-01-01T00:00:00.000Z')
  process.stdout.write(`won ${process.pid}\n`)
} catch (error) {
  process.stdout.write(`lost ${(error as Error).message}\n`)
}
setInterval(() => {}, 1000)
