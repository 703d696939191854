import { dailyDistToEma } from './daily/daily-dist-to-ema.ts'
import { dailyEma } from './daily/daily-ema.ts'
import { dailyRet } from './daily/daily-ret.ts'
import { dailyRsi } from './daily/daily-rsi.ts'
import { dailyVwap } from './daily/daily-vwap.ts'
import type { Indicator } from './define.ts'
import { pcrEod } from './flow/pcr-eod.ts'
import { pcrVolume } from './flow/pcr-volume.ts'
import { soldFlowRatio } from './flow/sold-flow-ratio.ts'
import { awesomeOscillator } from './momentum/awesome-oscillator.ts'
import { cci } from './momentum/cci.ts'
import { cmo } from './momentum/cmo.ts'
import { connorsRsi } from './momentum/connors-rsi.ts'
import { fisherTransform } from './momentum/fisher-transform.ts'
import { kst } from './momentum/kst.ts'
import { macd } from './momentum/macd.ts'
import { momentum } from './momentum/momentum.ts'
import { momentumScoreTotal } from './momentum/momentum-score-total.ts'
import { ppo } from './momentum/ppo.ts'
import { qstick } from './momentum/qstick.ts'
import { ret } from './momentum/ret.ts'
import { roc } from './momentum/roc.ts'
import { rsi } from './momentum/rsi.ts'
import { rvi } from './momentum/rvi.ts'
import { slowStochastic } from './momentum/slow-stochastic.ts'
import { stochRsi } from './momentum/stoch-rsi.ts'
import { stochastic } from './momentum/stochastic.ts'
import { trix } from './momentum/trix.ts'
import { tsi } from './momentum/tsi.ts'
import { ultimateOscillator } from './momentum/ultimate-oscillator.ts'
import { williamsR } from './momentum/williams-r.ts'
import { atmIvEod } from './options/atm-iv-eod.ts'
import { atmIvOpenDelta } from './options/atm-iv-open-delta.ts'
import { atmIvZscore } from './options/atm-iv-zscore.ts'
import { chainOiTotal } from './options/chain-oi-total.ts'
import { distToGammaPeak } from './options/dist-to-gamma-peak.ts'
import { distToOiPeak } from './options/dist-to-oi-peak.ts'
import { divEod } from './options/div-eod.ts'
import { gammaConcentration } from './options/gamma-concentration.ts'
import { gammaDensityPeakStrike } from './options/gamma-density-peak-strike.ts'
import { gammaPeakStrike } from './options/gamma-peak-strike.ts'
import { gammaSkewLeftRight } from './options/gamma-skew-left-right.ts'
import { ivPercentile52w } from './options/iv-percentile-52w.ts'
import { ivRank52w } from './options/iv-rank-52w.ts'
import { ivRealizedSpread } from './options/iv-realized-spread.ts'
import { ivSkew25d } from './options/iv-skew-25d.ts'
import { ivSmileWings } from './options/iv-smile-wings.ts'
import { ivTermSlope } from './options/iv-term-slope.ts'
import { iv30 } from './options/iv30.ts'
import { maxPain } from './options/max-pain.ts'
import { oiChange1d } from './options/oi-change-1d.ts'
import { oiConcentrationHhi } from './options/oi-concentration-hhi.ts'
import { oiPeakStrike } from './options/oi-peak-strike.ts'
import { oiTrend } from './options/oi-trend.ts'
import { pcrOi } from './options/pcr-oi.ts'
import { vixDelta } from './regime/vix-delta.ts'
import { vixLevel } from './regime/vix-level.ts'
import { vixTermSlope } from './regime/vix-term-slope.ts'
import { vix9dLevel } from './regime/vix9d-level.ts'
import { calendarFlags } from './session/calendar-flags.ts'
import { dayOfWeek } from './session/day-of-week.ts'
import { dayRangePos } from './session/day-range-pos.ts'
import { first15mRangeZ } from './session/first15m-range-z.ts'
import { hourOfDay } from './session/hour-of-day.ts'
import { openGapZ } from './session/open-gap-z.ts'
import { pivotsCamarilla } from './session/pivots-camarilla.ts'
import { pivotsFibonacci } from './session/pivots-fibonacci.ts'
import { pivotsStandard } from './session/pivots-standard.ts'
import { pivotsWoodie } from './session/pivots-woodie.ts'
import { returnsLast30m } from './session/returns-last-30m.ts'
import { rsiLastHour } from './session/rsi-last-hour.ts'
import { autocorrelation } from './statistics/autocorrelation.ts'
import { entropy } from './statistics/entropy.ts'
import { hurst } from './statistics/hurst.ts'
import { rollingKurtosis } from './statistics/rolling-kurtosis.ts'
import { rollingSharpe } from './statistics/rolling-sharpe.ts'
import { rollingSkew } from './statistics/rolling-skew.ts'
import { zscore } from './statistics/zscore.ts'
import { adx } from './trend/adx.ts'
import { adxr } from './trend/adxr.ts'
import { alma } from './trend/alma.ts'
import { aroon } from './trend/aroon.ts'
import { chandeKrollStop } from './trend/chande-kroll-stop.ts'
import { dema } from './trend/dema.ts'
import { distToEma } from './trend/dist-to-ema.ts'
import { dpo } from './trend/dpo.ts'
import { elderRay } from './trend/elder-ray.ts'
import { ema } from './trend/ema.ts'
import { emaSlope } from './trend/ema-slope.ts'
import { frama } from './trend/frama.ts'
import { hma } from './trend/hma.ts'
import { ichimoku } from './trend/ichimoku.ts'
import { kama } from './trend/kama.ts'
import { lrR2 } from './trend/lr-r2.ts'
import { lsma } from './trend/lsma.ts'
import { psar } from './trend/psar.ts'
import { sma } from './trend/sma.ts'
import { supertrend } from './trend/supertrend.ts'
import { tema } from './trend/tema.ts'
import { trima } from './trend/trima.ts'
import { vidya } from './trend/vidya.ts'
import { wma } from './trend/wma.ts'
import { zlema } from './trend/zlema.ts'
import { atr } from './volatility/atr.ts'
import { bandwidth } from './volatility/bandwidth.ts'
import { bollingerBands } from './volatility/bollinger-bands.ts'
import { chaikinVolatility } from './volatility/chaikin-volatility.ts'
import { choppiness } from './volatility/choppiness.ts'
import { donchian } from './volatility/donchian.ts'
import { garmanKlass } from './volatility/garman-klass.ts'
import { keltner } from './volatility/keltner.ts'
import { natr } from './volatility/natr.ts'
import { parkinson } from './volatility/parkinson.ts'
import { percentB } from './volatility/percent-b.ts'
import { rogersSatchell } from './volatility/rogers-satchell.ts'
import { rollingStd } from './volatility/rolling-std.ts'
import { ulcerIndex } from './volatility/ulcer-index.ts'
import { volatility } from './volatility/volatility.ts'
import { yangZhang } from './volatility/yang-zhang.ts'
import { adl } from './volume/adl.ts'
import { chaikinOscillator } from './volume/chaikin-oscillator.ts'
import { closeVsVwap } from './volume/close-vs-vwap.ts'
import { cmf } from './volume/cmf.ts'
import { eom } from './volume/eom.ts'
import { intradayVwap } from './volume/intraday-vwap.ts'
import { kvo } from './volume/kvo.ts'
import { mfi } from './volume/mfi.ts'
import { nvi } from './volume/nvi.ts'
import { obv } from './volume/obv.ts'
import { pvi } from './volume/pvi.ts'
import { pvt } from './volume/pvt.ts'
import { volZscore } from './volume/vol-zscore.ts'
import { volumeOscillator } from './volume/volume-oscillator.ts'

const catalogue: Indicator[] = [
  // trend
  adx,
  adxr,
  alma,
  aroon,
  chandeKrollStop,
  dema,
  distToEma,
  dpo,
  elderRay,
  emaSlope,
  ema,
  frama,
  hma,
  ichimoku,
  kama,
  lrR2,
  lsma,
  psar,
  sma,
  supertrend,
  tema,
  trima,
  vidya,
  wma,
  zlema,
  // momentum
  awesomeOscillator,
  cci,
  cmo,
  connorsRsi,
  fisherTransform,
  kst,
  macd,
  momentumScoreTotal,
  momentum,
  ppo,
  qstick,
  ret,
  roc,
  rsi,
  rvi,
  slowStochastic,
  stochRsi,
  stochastic,
  trix,
  tsi,
  ultimateOscillator,
  williamsR,
  // volatility
  atr,
  bandwidth,
  bollingerBands,
  chaikinVolatility,
  choppiness,
  donchian,
  garmanKlass,
  keltner,
  natr,
  parkinson,
  percentB,
  rogersSatchell,
  rollingStd,
  ulcerIndex,
  volatility,
  yangZhang,
  // volume
  adl,
  chaikinOscillator,
  closeVsVwap,
  cmf,
  eom,
  intradayVwap,
  kvo,
  mfi,
  nvi,
  obv,
  pvi,
  pvt,
  volZscore,
  volumeOscillator,
  // session
  calendarFlags,
  dayOfWeek,
  dayRangePos,
  first15mRangeZ,
  hourOfDay,
  openGapZ,
  pivotsCamarilla,
  pivotsFibonacci,
  pivotsStandard,
  pivotsWoodie,
  returnsLast30m,
  rsiLastHour,
  // daily
  dailyDistToEma,
  dailyEma,
  dailyRet,
  dailyRsi,
  dailyVwap,
  // regime
  vixDelta,
  vixLevel,
  vixTermSlope,
  vix9dLevel,
  // flow
  pcrEod,
  pcrVolume,
  soldFlowRatio,
  // options
  atmIvEod,
  atmIvOpenDelta,
  atmIvZscore,
  chainOiTotal,
  distToGammaPeak,
  distToOiPeak,
  divEod,
  gammaConcentration,
  gammaDensityPeakStrike,
  gammaPeakStrike,
  gammaSkewLeftRight,
  ivPercentile52w,
  ivRank52w,
  ivRealizedSpread,
  ivSkew25d,
  ivSmileWings,
  ivTermSlope,
  iv30,
  maxPain,
  oiChange1d,
  oiConcentrationHhi,
  oiPeakStrike,
  oiTrend,
  pcrOi,
  // statistics
  autocorrelation,
  entropy,
  hurst,
  rollingKurtosis,
  rollingSharpe,
  rollingSkew,
  zscore,
]

/** Every indicator of the product by its id. */
export const indicators: ReadonlyMap<string, Indicator> = new Map(
  catalogue.map((indicator) => [indicator.id, indicator]),
)
