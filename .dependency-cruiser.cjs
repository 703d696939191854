// The import rules of the house (docs/architecture.md). Everything not listed here is allowed inside its own room.
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-imports-itself-and-typebox',
      severity: 'error',
      from: { path: '^src-shared/' },
      to: { pathNot: '^src-shared/|^node_modules/typebox/' },
    },
    {
      name: 'workers-stay-in-their-room',
      severity: 'error',
      from: { path: '^src-workers/' },
      to: { path: '^src-(main|renderer)/' },
    },
    {
      name: 'main-stays-in-its-room',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-(workers|renderer)/' },
    },
    {
      name: 'renderer-knows-the-contract-only',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-(main|workers)/|^src-shared/(?!contract/|errors\\.ts$)' },
    },
    {
      name: 'routes-call-services-only',
      severity: 'error',
      from: { path: '^src-main/server/routes/' },
      to: { path: '^src-main/(?!services/|server/)' },
    },
    {
      name: 'screens-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src-renderer/screens/([^/]+)/' },
      to: { path: '^src-renderer/screens/([^/]+)/', pathNot: '^src-renderer/screens/$1/' },
    },
    {
      name: 'sqlite-only-in-the-ledger',
      severity: 'error',
      from: { pathNot: '^src-main/ledger/|^test/|^src-main/workspace/' },
      to: { path: 'better-sqlite3' },
    },
    {
      name: 'electron-only-in-the-shell',
      severity: 'error',
      from: { pathNot: '^src-main/electron/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
