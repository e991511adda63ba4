"""The training that a learner left in a lab, to be offered where that lab stands again."""

from pathlib import Path

from tuilab.labs.spec import Spec, TrainingSpec
from tuilab.labs.spelling import spell
from tuilab.records.shelf import Left, left_of


def left_there(root: Path, spec: Spec) -> Left | None:
    """The newest run with just these settings, where it can be gone on with or was trained to its end.

    None for a lab that is switched as it trains: its pages begin anew.
    """
    return left_of(root, spell(spec)) if isinstance(spec, TrainingSpec) and not spec.switchable else None
