/** Minutes that a bar of each cadence covers; the first clock hour of a session has only thirty. */
export const barMinutes = { '5m': 5, '15m': 15, hourly: 60, daily: 1440 } as const

/** Bars of a whole session. */
export const barsPerSession = { '5m': 78, '15m': 26, hourly: 7, daily: 1 } as const

/** Minutes of trading in a whole session. */
export const sessionMinutes = 390
