/** The parts of the signals screen, in the order of its tabs. */
export const signalTabs = [
  { id: 'signals', title: 'Signals', words: 'newest history brackets chart' },
  { id: 'live', title: 'Live and fills', words: 'backtest drift psi import fills slippage' },
  { id: 'board', title: 'Live leaderboard', words: 'live models ranking' },
] as const
