import { newYorkDate } from '#shared/calendar/new-york.ts'
import { sessionDate, sessionOfDate } from '#shared/calendar/sessions.ts'
import type { ChainSeries } from '#shared/catalog/indicators/define.ts'
import { type ContractWish, chooseContract, type Refusals } from './choose-contract.ts'
import { snapshotKnownAt } from './list-expiries.ts'
import { type OverlayPlan, planOverlay, type SignalBracket } from './plan-overlay.ts'
import type { OptionPosition } from './position.ts'

/** Continuous rate that premiums are discounted at; what holding the underlying earns or costs is read off the chain. */
const discountRate = 0.05

/** A signal as an option trade begins with it. */
export interface OptionSignal {
  session: number
  /** Epoch ms UTC. */
  decisionTs: number
  /** A call gains when the underlying rises, whatever the signal says. */
  isCall: boolean
  bracket: SignalBracket
}

export interface ChosenTrade {
  position: OptionPosition
  plan: OverlayPlan
  /** The snapshot of the chain that it was chosen from. */
  snapshot: number
}

/** The option trade for a signal from what was known when it was given; else why there is none, in words. */
export function chooseTrade(
  chain: Omit<ChainSeries, 'asOf'>,
  expiryTs: number,
  { session, decisionTs, isCall, bracket }: OptionSignal,
  wish: Omit<ContractWish, 'isCall'>,
): ChosenTrade | string {
  const given = `at ${new Date(decisionTs).toISOString().slice(0, 19)}Z`
  const snapshot = snapshotKnownAt(chain, session, decisionTs)
  if (snapshot < 0) return `no option chain of ${sessionDate(session)} was known ${given}`
  const expiry = newYorkDate(expiryTs)
  if (expiryTs <= decisionTs) return `options of ${expiry} had expired ${given}`
  const { position, refusals } = chooseContract(chain, snapshot, expiryTs, { ...wish, isCall }, discountRate)
  if (!position) return `${describeRefusals(isCall, refusals)} (expiry ${expiry})`
  const plan = planOverlay(position, bracket, session, decisionTs, sessionOfDate(expiry))
  if (plan.targetPremium > plan.entryPremium) return { position, plan, snapshot }
  const worth = plan.targetPremium.toFixed(2)
  return `decay eats the gain: strike ${position.legs[0]!.strike} of ${expiry} costs ${plan.entryPremium.toFixed(2)} and is worth ${worth} at the target when the time stop falls`
}

/** "no call passes: 31 listed, 20 low open interest, 11 wide spread". */
function describeRefusals(isCall: boolean, { listed, ...refused }: Refusals): string {
  const side = isCall ? 'call' : 'put'
  if (listed === 0) return `no ${side} of that expiry is listed`
  const counts = Object.entries(refused).filter(([, count]) => count > 0)
  return `no ${side} passes: ${listed} listed, ${counts.map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`).join(', ')}`
}
