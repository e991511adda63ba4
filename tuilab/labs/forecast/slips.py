"""Slips in counting the rows of the parts of a series."""

from collections.abc import Iterator

from tuilab.labs.forecast.genspec import Generated
from tuilab.labs.forecast.spec import AnyForecast, ForecastPlan
from tuilab.labs.slips import Place, Slip

_THREE = "The rows are training, then validation, then held out."


def slips(spec: AnyForecast, answer: ForecastPlan | Generated, place: Place) -> Iterator[Slip]:
    """The slips for how many rows are left to train on."""
    if not isinstance(answer, ForecastPlan) or answer.data is None or place != ("data", "parts", 0, "rows"):
        return
    parts = {part.part: part.rows for part in answer.data.parts}
    held, chosen = parts.get("held out", 0), parts.get("validation", 0)
    total = sum(parts.values())
    yield Slip(
        "the validation rows are not taken off", total - held, "What the settings are chosen by is not trained on."
    )
    yield Slip("the held-out rows are not taken off", total - chosen, "What is held out is not trained on.")
    yield Slip("nothing is taken off", total, _THREE)
    yield Slip("what is taken off was counted", held + chosen, "What is left was asked for.")
    season = answer.data.season
    yield Slip("only a season is taken for the validation rows", total - held - season, _THREE)
