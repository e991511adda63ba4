"""Whether a network beats the naive forecasts, in a sentence for each way of forecasting."""

from collections.abc import Iterator, Sequence

from tuilab.labs.forecast.report import Score


def verdict(scores: Sequence[Score], unit: str) -> list[str]:
    """The sentences; none while there is no network."""
    return [_sentence(network, scores, unit) for network in _of(scores, "network")]


def amount(value: float) -> str:
    """A number as it is read: three digits, or all before the point."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _of(scores: Sequence[Score], forecast: str) -> Iterator[Score]:
    return (score for score in scores if score.forecast == forecast)


def _sentence(network: Score, scores: Sequence[Score], unit: str) -> str:
    rivals = [score for score in scores if score.way == network.way and score is not network]
    best = min(rivals, key=lambda score: score.rmse)
    ours, theirs = amount(network.rmse), amount(best.rmse)
    what = f"{network.way.capitalize()}, the network is"
    if ours == theirs:
        return f"{what} as good as the {best.forecast} forecast here: RMSE {ours} {unit}."
    if network.rmse < best.rmse:
        return f"{what} better than the {best.forecast} forecast here: RMSE {ours} against {theirs} {unit}."
    times = f" ({network.rmse / best.rmse:.2f} times)" if best.rmse else ""
    return f"{what} worse than the {best.forecast} forecast here: RMSE {ours} against {theirs} {unit}{times}."
