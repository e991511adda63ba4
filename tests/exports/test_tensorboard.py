"""Events for TensorBoard, read back."""

import sys
from pathlib import Path

import pytest

from tests.exports.runs import keep, losses
from tuilab import exports

SPELLING = "forecast hidden=4 length=6 batch=2 steps=12"


def test_without_the_package_it_is_said_how_it_is_installed(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboardX", None)
    folder = keep(tmp_path / "runs", SPELLING)
    with pytest.raises(exports.ExportError, match=r"tensorboardX: pip install 'tuilab\[tensorboard\]'\.$"):
        exports.write(folder, "tensorboard", tmp_path / "run.tfevents")
    assert not list(tmp_path.glob("*tfevents*"))


def test_the_events_hold_what_was_measured(tmp_path):
    pytest.importorskip("tensorboardX", reason="needs the extra tensorboard")
    folder = keep(tmp_path / "runs", SPELLING)
    said = exports.write(folder, "tensorboard", tmp_path / "run.tfevents")
    assert said == f"The 12 steps of {SPELLING} in {tmp_path}/run.tfevents."
    found = read(tmp_path / "run.tfevents")
    assert {step: value for (tag, step), value in found.items() if tag == "loss"} == pytest.approx(losses(folder))
    assert len(found) == 24 and all(value > 0 for (tag, _), value in found.items() if tag == "gradient_norm")


def read(path: Path) -> dict[tuple[str, int], float]:
    """The scalars of an event file by the record's own framing: length, checksum, event, checksum."""
    from tensorboardX.proto.event_pb2 import Event

    rest, found = path.read_bytes(), {}
    while rest:
        size = int.from_bytes(rest[:8], "little")
        event = Event.FromString(rest[12 : 12 + size])
        rest = rest[16 + size :]
        for value in event.summary.value:
            found[value.tag, event.step] = value.simple_value
    return found
