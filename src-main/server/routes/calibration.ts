import type { Services } from '#main/services/index.ts'
import type { calibration as contract } from '#shared/contract/calibration.ts'
import type { Handlers } from '../handlers.ts'

export const calibrationRoutes = ({ calibration }: Services): Handlers<keyof typeof contract> => ({
  calibrateThresholds: ({ body }) => calibration.thresholds(body),
  calibrateBrackets: ({ body }) => calibration.brackets(body),
})
