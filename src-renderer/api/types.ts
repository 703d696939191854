import type { ReplyOf } from '#shared/contract/index.ts'

// Names for the pieces of replies that screens pass around.

export type LeaderboardRow = ReplyOf<'getLeaderboard'>['rows'][number]
export type ModelSummary = ReplyOf<'listModels'>['models'][number]
export type SeriesRow = ReplyOf<'getDataCatalog'>['series'][number]
export type SweepSummary = ReplyOf<'listSweeps'>['rows'][number]
export type TrainJobRow = ReplyOf<'listTrainJobs'>['rows'][number]
export type BacktestRun = ReplyOf<'getBacktestRun'>
export type MatrixReply = ReplyOf<'getMatrixProfile'>
export type MatrixProfile = MatrixReply['profile']
export type Workspace = ReplyOf<'getWorkspace'>
export type SignalRow = ReplyOf<'listSignals'>['rows'][number]
export type SelectionItem = ReplyOf<'getSelection'>['items'][number]
export type OptionPosition = ReplyOf<'listOptionSignals'>['rows'][number]
export type OptionPayoff = ReplyOf<'getOptionPayoff'>
