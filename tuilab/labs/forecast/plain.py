"""The forecast lab in plain mode."""

from tuilab.labs.forecast.code import code as _code
from tuilab.labs.forecast.spec import Forecast, ForecastView


def code(spec: Forecast, view: ForecastView) -> str:
    """The same training in plain torch."""
    return _code(spec)
