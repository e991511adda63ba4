"""Files of progress as each version wrote them are opened by this one, and stay as they are."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tuilab.records.entries import FORMAT, Entry, read_entry, read_line
from tuilab.records.progress import Progress

DATA = Path(__file__).with_name("data")
ONE, TWO = "01-recurrent-neuron", "02-recurrent-layer"


@pytest.fixture
def opened(tmp_path):
    def opened(name: str) -> Progress:
        shutil.copy(DATA / name, tmp_path / "progress.jsonl")
        progress = Progress(tmp_path)
        progress.refresh()
        assert (progress.problem, progress.damage) == (None, "")
        assert (tmp_path / "progress.jsonl").read_bytes() == (DATA / name).read_bytes()
        return progress

    return opened


def test_the_first_files_had_pages_answers_and_settings(opened):
    progress = opened("progress-0.1.0.jsonl")
    assert (progress.pages(ONE), progress.last_place(), progress.begun(ONE)) == ({1, 2}, (ONE, 2), True)
    assert (progress.answers(), progress.trouble(f"{ONE}/counter")) == ({f"{ONE}/counter": True}, 1)
    assert (progress.setting("theme"), progress.seconds(ONE)) == ("light", 300)


def test_then_came_hints_predictions_jumps_labs_as_they_were_left_lessons_that_were_left_and_exercises(opened):
    progress = opened("progress-0.2.0.jsonl")
    assert progress.lab(ONE, 3, "neuron") == "neuron wx=2"
    assert progress.lab(ONE, 3, "neuron seed=2") == ""  # the page was another then
    assert (progress.lab(ONE, 4, "neuron"), progress.seconds(ONE)) == ("", 120)
    assert (progress.hints(f"{ONE}/counter"), progress.prediction(f"{TWO}/sum").given) == (2, "0.5")
    assert (progress.last_place(), progress.begun(TWO), progress.seconds(TWO)) == ((TWO, 4), False, 60)
    assert progress.worked("07-milk/window") == (True, 2, False) and progress.worked("07-milk/batch").solution
    assert progress.worked("07-milk/load") == (False, 0, False)


def test_each_kind_of_line_stands_in_one_of_these_files():
    found = set()
    for path in DATA.glob("progress-*.jsonl"):
        first, *others = path.read_bytes().splitlines()
        assert read_line(first) == {"format": FORMAT}
        found |= {type(read_entry(read_line(line))) for line in others}
    assert found == set(Entry.__args__) and all(issubclass(kind, msgspec.Struct) for kind in found)
