"""Which room loads what, seen in a fresh interpreter."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tuilab.labs import catalogue


def loaded_by(*modules: str) -> set[str]:
    """The names of all modules that a fresh interpreter holds after it has imported these."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_line_opens_without_torch_or_textual() -> None:
    assert not {"torch", "textual", "numpy"} & loaded_by("tuilab.cli.main")


@pytest.mark.skipif(find_spec("tuilab.ui.app") is None, reason="there is no screen yet")
def test_the_screen_and_all_panels_load_no_torch() -> None:
    panels = [f"tuilab.labs.{name}.panel" for name in catalogue.NAMES]
    there = [panel for panel in panels if find_spec(panel) is not None]
    runs = ("tuilab.ui.runs.screen", "tuilab.ui.runs.chart", "tuilab.ui.runs.export", "tuilab.widgets.notes")
    assert not {"torch", "numpy"} & loaded_by("tuilab.cli.main", "tuilab.ui.app", *runs, *there)


def test_specs_load_neither_torch_nor_textual() -> None:
    specs = [f"tuilab.labs.{name}.spec" for name in catalogue.NAMES]
    assert not {"torch", "textual", "numpy"} & loaded_by(*specs, "tuilab.labs.spelling")


def test_experiments_and_the_worker_load_no_textual() -> None:
    experiments = [f"tuilab.labs.{name}.experiment" for name in catalogue.NAMES]
    loaded = loaded_by(*experiments, "tuilab.worker.__main__")
    assert "torch" in loaded and "textual" not in loaded


def test_the_worker_does_not_load_torchs_optimisers() -> None:
    """They bring a compiler with them: 70 MB and most of a second."""
    experiments = [f"tuilab.labs.{name}.experiment" for name in catalogue.NAMES]
    assert "torch._dynamo" not in loaded_by(*experiments, "tuilab.worker.__main__")
