/** The parts of the models screen, in the order of its tabs. */
export const modelTabs = [
  { id: 'list', title: 'Models', words: 'by pack' },
  { id: 'new', title: 'New model', words: 'template picker create' },
  { id: 'config', title: 'Config', words: 'yaml editor form' },
  { id: 'sets', title: 'Indicator sets', words: 'catalogue indicators editor' },
] as const
export type ModelTabId = (typeof modelTabs)[number]['id']
