import { formatMoney } from '#renderer/components/format.ts'

/** Dollars in the room of a key figure: cents are left out from a hundred on. */
export const shortMoney = (dollars: number | null): string =>
  formatMoney(dollars, Math.abs(dollars ?? 0) > 99.995 ? 0 : 2)
