import { riskProfiles } from '#shared/contract/schemas.ts'
import { humanize } from './format.ts'

/** The three risk profiles as a choice. */
export const profileOptions = riskProfiles.map((value) => ({ value, label: humanize(value) }))
