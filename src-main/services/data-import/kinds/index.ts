import type { ImportKindId } from '#shared/contract/import-kinds.ts'
import { bars } from './bars.ts'
import { chain } from './chain.ts'
import type { ImportKind } from './define-kind.ts'
import { indexLevels } from './index-levels.ts'
import { optionMinutes } from './option-minutes.ts'

export const kinds: Record<ImportKindId, ImportKind> = {
  bars,
  index: indexLevels,
  option_minutes: optionMinutes,
  chain,
}
