// Lint, types, import rules and unused code: `npm run check`, the same here and in CI. Runs everything, then fails if anything did.
import { runStep } from './run-step.ts'

const rooms = ['src-shared', 'src-workers', 'src-main', 'src-renderer']
const fewestModules = 50

const failed: string[] = []
const note = (name: string, ok: boolean) => ok || failed.push(name)

note('biome', (await runStep('biome: format and lint', 'biome', ['ci', '.'])).ok)
note('tsc', (await runStep('tsc: types', 'tsc', ['-b'])).ok)
note('dependency-cruiser', await checkImports())
note('knip', (await runStep('knip: unused files, exports, dependencies', 'knip', [])).ok)

console.log(failed.length === 0 ? '\ncheck passed' : `\ncheck failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

/** With a TypeScript it does not know, dependency-cruiser sees nothing and is content; so the modules are counted. */
async function checkImports(): Promise<boolean> {
  const args = [...rooms, '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long']
  const { ok, output } = await runStep('dependency-cruiser: import rules', 'depcruise', args, {
    keepOutput: true,
  })
  const modules = Number(/(\d+) modules/.exec(output)?.[1] ?? 0)
  if (modules > fewestModules) return ok
  console.error(`dependency-cruiser saw ${modules} modules, expected more than ${fewestModules}`)
  return false
}
