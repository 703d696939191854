/** The parts of the admin screen, in the order of its tabs. */
export const adminTabs = [
  { id: 'jobs', title: 'Jobs', words: 'queue retry cancel' },
  { id: 'quotas', title: 'Quotas', words: 'limits' },
  { id: 'risk', title: 'Risk profiles', words: 'budgets versions diff' },
  { id: 'packs', title: 'Packs', words: 'indicator sets' },
  { id: 'templates', title: 'Templates', words: 'drafts publish' },
  { id: 'flags', title: 'Flags', words: 'switches' },
  { id: 'users', title: 'Users', words: 'tokens roles' },
  { id: 'audit', title: 'Audit', words: 'log' },
  { id: 'health', title: 'Health', words: 'database disk workers' },
] as const
export type AdminTabId = (typeof adminTabs)[number]['id']
