"""The forecast lab in plain mode."""

from typing import Any

import msgspec

from tuilab.labs.forecast import gentold
from tuilab.labs.forecast.code import code as _code
from tuilab.labs.forecast.genspec import Generated
from tuilab.labs.forecast.owncode import own_code
from tuilab.labs.forecast.spec import AnyForecast, Forecast, ForecastPlan, ForecastView, Moments
from tuilab.labs.forecast.told import found, table

EXAMPLES = {"lab": "parameters", "set": "cell=gru", "ask": "generate steps=50"}
_PRINTED = ("parts", "held_rows", "held", "free", "seasonal", "validation")
KEYS = "z is ask generate prompt=zeros, w is ask generate prompt=wave phase=1 frequency=1.2"


def code(spec: AnyForecast, view: ForecastView) -> str:
    """The same training in plain torch."""
    if isinstance(spec, Forecast):
        return _code(spec)
    assert view.data is not None
    return own_code(spec, view.data)


def told(answer: object) -> str:
    """What an answer comes to, in words; nothing where its numbers say it all."""
    if isinstance(answer, Moments):
        return told(answer.view)
    if isinstance(answer, ForecastPlan):
        return "\n".join([found(answer.data), *answer.data.notes]) if answer.data is not None else ""
    if isinstance(answer, Generated):
        return "\n".join(_generated(answer))
    if isinstance(answer, ForecastView) and answer.data is not None:
        report = answer.data
        return "\n".join([found(report), *report.notes, *table(report), report.verdict])
    if isinstance(answer, ForecastView):
        return (
            "On the held-out stretch, one step ahead from true points, the typical error is "
            f"{answer.held_out_loss**0.5:.3g}, the root of held_out_loss."
        )
    return ""


def _generated(answer: Generated) -> list[str]:
    """What it went on from, and what came of it."""
    own, first = len(answer.values) - answer.prompt, answer.x[0]
    what = f"rows {int(first)} to {int(answer.x[answer.prompt - 1])}" if answer.held else f"from x = {first:g} on"
    return [
        f"It was given {answer.prompt} points, {what}, and went on for {own} of its own.",
        *map(_sentence, gentold.told(answer)),
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def brief(answer: object) -> object:
    """What is printed: of a moment how the network of then predicts; of one's own series no more than `told` leaves."""
    answer = answer.view if isinstance(answer, Moments) else answer
    if isinstance(answer, Generated):
        return msgspec.structs.replace(answer, curve_x=[], curve=[])  # the series itself
    if isinstance(answer, ForecastView | ForecastPlan) and answer.data is not None:
        shown: dict[str, Any] = msgspec.to_builtins(answer)
        shown["data"] = {name: part for name, part in shown["data"].items() if name in _PRINTED}
        return shown
    return answer
