"""The forecast that a kept run has trained."""

from tuilab.labs import spelling
from tuilab.labs.forecast.experiment import Training
from tuilab.labs.forecast.spec import AnyForecast
from tuilab.records.folders import runs_folder
from tuilab.records.snapshots import look_into
from tuilab.records.state import RunError


def trained(name: str, at: int = -1) -> Training:
    """It as it was after `at` steps, -1 the last; `last` is the newest. Raises ValueError with a sentence."""
    try:
        found = look_into(runs_folder(), name, "forecast", at)
    except RunError as error:
        raise ValueError(str(error)) from None
    spec = spelling.parse(found.spelling)
    if not isinstance(spec, AnyForecast):
        raise ValueError(f"{found.name} is a run of {spec.kind}, not of forecast.")
    training = Training(spec)
    training.put_weights(found.weights)
    training.step = found.step
    return training
