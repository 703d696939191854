/** Text of a JSON column. NaN and infinities become null, as in every reply. */
export const toJson = (value: unknown): string => JSON.stringify(value)

/** Value of a JSON column: only the ledger writes them, so the type is trusted. */
export const fromJson = <T>(text: string): T => JSON.parse(text) as T
