"""The same figures by a compiled loop over bars, or by whole columns of numpy as vectorised backtesters do."""
import math
import os

from serve_side import serve


def load(folder, options):
    import numpy

    bars = numpy.fromfile(os.path.join(folder, "scores.f64"), "<f8").reshape(3, -1)
    opens, closes, score = (numpy.ascontiguousarray(column) for column in bars)
    earned = closes / opens - 1
    cost = options["slippageBps"] / 1e4
    count = options["count"]
    thresholds = 0.5 + 0.2 * numpy.arange(count) / count
    last = numpy.empty((count, 5))

    def by_columns():
        for k, threshold in enumerate(thresholds):
            position = (score >= threshold).astype(float) - (1 - score >= threshold)
            held = numpy.concatenate([[0.0], position[:-1]])
            size = numpy.abs(held)
            factor = (1 - size * cost) * (1 + held * earned) * (1 - size * cost)
            daily = factor - 1
            equity = numpy.cumprod(factor)
            peak = numpy.maximum.accumulate(numpy.maximum(equity, 1))
            traded = held != 0
            won = held * earned - size * 2 * cost > 0
            deviation = daily.std(ddof=1)
            last[k] = (
                equity[-1] - 1,
                daily.mean() / deviation * math.sqrt(252) if deviation > 0 else math.nan,
                traded.sum(),
                won.sum() / traded.sum() if traded.any() else math.nan,
                (1 - equity / peak).max(),
            )

    if options["way"] == "numpy":
        return f"numpy {numpy.__version__}", lambda _: {"run": by_columns, "output": last.ravel}

    import numba

    @numba.njit(cache=False)
    def by_bars(score, earned, cost, thresholds, out):
        days = len(score)
        for k in range(len(thresholds)):
            threshold = thresholds[k]
            equity, peak, depth, total, trades, wins = 1.0, 1.0, 0.0, 0.0, 0, 0
            daily = numpy.zeros(days)
            for b in range(1, days):
                p = score[b - 1]
                position = (1.0 if p >= threshold else 0.0) - (1.0 if 1 - p >= threshold else 0.0)
                if position == 0.0:
                    continue
                factor = (1 - cost) * (1 + position * earned[b]) * (1 - cost)
                daily[b] = factor - 1
                total += factor - 1
                trades += 1
                if position * earned[b] - 2 * cost > 0:
                    wins += 1
                equity *= factor
                if equity > peak:
                    peak = equity
                elif 1 - equity / peak > depth:
                    depth = 1 - equity / peak
            mean = total / days
            squares = 0.0
            for b in range(days):
                squares += (daily[b] - mean) ** 2
            deviation = math.sqrt(squares / (days - 1))
            out[k, 0] = equity - 1
            out[k, 1] = mean / deviation * math.sqrt(252) if deviation > 0 else math.nan
            out[k, 2] = trades
            out[k, 3] = wins / trades if trades > 0 else math.nan
            out[k, 4] = depth

    def run():
        by_bars(score, earned, cost, thresholds, last)

    return f"numba {numba.__version__} loop", lambda _: {"run": run, "output": last.ravel}


serve(load)
