import { evaluateConfigs } from './evaluate-configs.ts'

/** Every job by the name its handler exports. A new one is a spec file, a line here and a handler in the workers. */
export const jobs = {
  evaluateConfigs,
}
