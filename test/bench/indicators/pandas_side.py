"""The eight indicators as pandas users write them."""
import os

from serve_side import serve


def load(folder, options):
    import numpy
    import pandas

    names = ["open", "high", "low", "close", "volume"]
    columns = numpy.fromfile(os.path.join(folder, "bars.f64"), "<f8").reshape(len(names), -1)
    bars = pandas.DataFrame(dict(zip(names, columns)))
    high, low, close = bars["high"], bars["low"], bars["close"]

    def wilder(series):
        return series.ewm(alpha=1 / 14, adjust=False).mean()

    def true_range():
        previous = close.shift()
        return numpy.maximum(high, previous) - numpy.minimum(low, previous)

    def rsi():
        change = close.diff()
        gain = wilder(change.clip(lower=0))
        loss = wilder(-change.clip(upper=0))
        return [100 * gain / (gain + loss)]

    def macd():
        line = close.ewm(span=12, adjust=False).mean() - close.ewm(span=26, adjust=False).mean()
        signal = line.ewm(span=9, adjust=False).mean()
        return [line, signal, line - signal]

    def adx():
        up, down = high.diff(), -low.diff()
        rise = up.where((up > down) & (up > 0), 0.0)
        fall = down.where((down > up) & (down > 0), 0.0)
        reach = wilder(true_range())
        plus, minus = 100 * wilder(rise) / reach, 100 * wilder(fall) / reach
        return [plus, minus, wilder(100 * (plus - minus).abs() / (plus + minus))]

    def bands():
        window = close.rolling(20)
        middle, reach = window.mean(), 2 * window.std(ddof=0)
        return [middle, middle + reach, middle - reach]

    def stochastic():
        lowest = low.rolling(14).min()
        k = 100 * (close - lowest) / (high.rolling(14).max() - lowest)
        return [k, k.rolling(3).mean()]

    compute = {
        "sma": lambda: [close.rolling(20).mean()],
        "ema": lambda: [close.ewm(span=20, adjust=False).mean()],
        "rsi": rsi,
        "macd": macd,
        "atr": lambda: [wilder(true_range())],
        "adx": adx,
        "bb": bands,
        "stoch": stochastic,
    }[options["indicator"]]
    last = []

    def run():
        last[:] = compute()

    work = {"run": run, "output": lambda: numpy.concatenate([each.to_numpy() for each in last])}
    return f"pandas {pandas.__version__}", lambda _: work


serve(load)
