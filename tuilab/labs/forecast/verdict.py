"""Whether a network beats the naive forecasts, in a sentence."""

from collections.abc import Sequence

from tuilab.labs.forecast.report import Score


def verdict(scores: Sequence[Score], unit: str) -> str:
    """The sentence, with each way of forecasting held against the better naive forecast; empty without a network."""
    parts = [_part(network, scores) for network in scores if network.forecast == "network"]
    return f"The network is {f' {unit}, and '.join(parts)}." if parts else ""


def amount(value: float) -> str:
    """A number as it is read: three digits, noughts too, or all before the point."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:#.3g}".rstrip(".")


def _part(network: Score, scores: Sequence[Score]) -> str:
    rivals = [score for score in scores if score.way == network.way and score is not network]
    best = min(rivals, key=lambda score: score.rmse)
    ours, theirs = amount(network.rmse), amount(best.rmse)
    how = "worse than" if network.rmse > best.rmse else "better than"
    if ours == theirs:
        how = "as good as"
    return f"{how} {best.forecast} {network.way}, {ours} against {theirs}"
