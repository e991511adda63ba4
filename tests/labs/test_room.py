"""A training that would take more memory than there is, is refused before it is made."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.labs.cells import keep
from tuilab.labs import catalogue, free_memory, room
from tuilab.labs.keeping import reopen
from tuilab.labs.spelling import parse
from tuilab.records.folders import runs_folder
from tuilab.records.shelf import newest_left

LARGEST = {
    "forecast layers=4 hidden=512 batch=256 length=500 points=600": "length",
    "forecast cell=gru reset=before layers=4 hidden=512 batch=256 length=500 points=600": "length",
    "forecast engine=torch layers=4 hidden=512 batch=256 length=500 points=600": "length",
    "race hidden=256 batch=256 length=300": "length",
    "race hidden=256 batch=256 length=300 equal=parameters task=recall": "length",
    "memory ago=100,200,300 hidden=128 batch=256": "hidden",
    "shapes form=encdec cell=lstm hidden=256 batch=256 length=40": "hidden",
}


def free(monkeypatch: pytest.MonkeyPatch, size: int | None) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: size)


@pytest.mark.parametrize("spelled", LARGEST)
def test_the_sentence_names_a_field_and_the_largest_value_that_fits(spelled: str, monkeypatch) -> None:
    name, spec = LARGEST[spelled], parse(spelled)
    needed = catalogue.experiment_of(spec.kind).needs(spec)
    free(monkeypatch, int(0.8 * needed))
    with pytest.raises(ValueError, match=f"^{spec.kind}: it takes .* of memory, and can have .*; {name}=") as refused:
        room.check_room(spec)
    sentence = str(refused.value)
    assert f"{name}={getattr(spec, name)} is too large here" in sentence
    most = int(sentence.rstrip(".").rsplit(" ", 1)[1])
    others = [word for word in spelled.split() if not word.startswith(f"{name}=")]
    room.check_room(parse(" ".join([*others, f"{name}={most}"])))
    with pytest.raises(ValueError, match="is too large here"):
        room.check_room(parse(" ".join([*others, f"{name}={most + 1}"])))


def test_where_no_single_field_helps_all_are_named(monkeypatch) -> None:
    free(monkeypatch, 1000)
    with pytest.raises(ValueError, match="make length, batch, hidden smaller"):
        room.check_room(parse("forecast layers=4 hidden=512"))


def test_what_fits_is_made_as_is_what_says_no_size_and_where_nothing_is_known(monkeypatch) -> None:
    free(monkeypatch, 1 << 30)
    assert room.begin(parse("forecast steps=7")).total == 7
    free(monkeypatch, 0)
    assert room.begin(parse("neuron steps=7")).total == 7
    free(monkeypatch, None)
    assert room.begin(parse("forecast steps=7")).total == 7


def test_a_memory_lab_that_is_only_asked_is_refused_too(monkeypatch) -> None:
    free(monkeypatch, 1 << 20)
    with pytest.raises(ValueError, match="memory: it takes"):
        catalogue.experiment_of("memory").answer(parse("memory"))


PEAK = """
import sys
import torch
from tuilab.labs import catalogue
from tuilab.labs.spelling import parse

def train(spelled):
    spec = parse(spelled)
    training = catalogue.experiment_of(spec.kind).Training(spec)
    for _ in range(2):
        training.advance()
    training.view()

def peak():
    return next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))

torch.set_num_threads(1)
train(sys.argv[1])
before = peak()
train(sys.argv[2])
print(peak() - before)
"""


MEASURED = [
    "forecast peephole=full hidden=512 batch=256 length=60",
    "forecast cell=rnn layers=4 hidden=512 batch=256 length=60",
    "forecast cell=gru layers=2 hidden=256 batch=256 length=60",
    "forecast cell=gru reset=before layers=2 hidden=256 batch=256 length=60",
    "forecast engine=torch layers=2 hidden=256 batch=256 length=60",
    "forecast engine=torch cell=gru layers=2 hidden=256 batch=256 length=60",
    "forecast engine=torch cell=rnn layers=2 hidden=512 batch=256 length=60",
    "race task=recall hidden=128 batch=256 length=60",
    "memory ago=80,100 hidden=64 batch=128",
    "shapes cell=lstm hidden=256 batch=256 length=40",
    "shapes cell=gru hidden=256 batch=256 length=40",
]


@pytest.mark.parametrize(
    "spelled",
    ["forecast hidden=256 batch=256 length=40", *(pytest.param(each, marks=pytest.mark.slow) for each in MEASURED)],
)
@pytest.mark.skipif(sys.platform != "linux", reason="reads what a process has taken at most from /proc")
def test_what_is_reckoned_is_what_it_takes(spelled: str) -> None:
    spec = parse(spelled)
    command = [sys.executable, "-c", PEAK, f"{spec.kind} hidden=2", spelled]
    took = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert catalogue.experiment_of(spec.kind).needs(spec) == pytest.approx(took, rel=0.2)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with 8,000 KiB free, where this process has taken 100 KiB of address space."""
    for name in ("proc/self", "groups/memory/a/b", "groups/x/y"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "proc/meminfo").write_text("MemTotal: 9000 kB\nMemFree: 10 kB\nMemAvailable: 8000 kB\n")
    (tmp_path / "proc/self/status").write_text("Name: x\nVmSize: 100 kB\n")
    monkeypatch.setattr(free_memory, "PROC", tmp_path / "proc")
    monkeypatch.setattr(free_memory, "CGROUPS", tmp_path / "groups")
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (resource.RLIM_INFINITY,) * 2)
    return tmp_path


def test_the_machine_says_what_is_available(system: Path) -> None:
    assert free_memory.free_memory() == 8000 * 1024


def test_a_limit_of_address_space_counts(system: Path, monkeypatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda kind: {resource.RLIMIT_AS: (500 * 1024, 0)}[kind])
    assert free_memory.free_memory() == 400 * 1024


def test_a_control_group_counts_of_either_version_and_those_above_it(system: Path) -> None:
    (system / "proc/self/cgroup").write_text("4:cpu,memory:/a/b\n1:cpu:/\n0::/x/y\n")
    for name, limit, used, stat in (
        ("memory/a/b", "9223372036854771712", "70", "total_inactive_file 30\n"),
        ("memory/a", "5000", "1000", "cache 7\ntotal_inactive_file 30\n"),
    ):
        for file, text in (("limit_in_bytes", limit), ("usage_in_bytes", used), ("stat", stat)):
            (system / "groups" / name / f"memory.{file}").write_text(text)
    assert free_memory.free_memory() == 4030
    (system / "groups/x/y/memory.max").write_text("max\n")
    (system / "groups/x/y/memory.current").write_text("900\n")
    (system / "groups/x/memory.max").write_text("2000\n")
    (system / "groups/x/memory.current").write_text("1200\n")
    (system / "groups/x/memory.stat").write_text("anon 5\ninactive_file 200\n")
    assert free_memory.free_memory() == 1000
    (system / "groups/x/memory.current").write_text("5000\n")
    assert free_memory.free_memory() == 0


def test_a_system_that_tells_nothing_is_not_known(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(free_memory, "PROC", tmp_path)
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (resource.RLIM_INFINITY,) * 2)
    assert free_memory.free_memory() is None


def test_a_run_for_which_there_is_no_room_today_can_be_gone_on_with_tomorrow(monkeypatch):
    keep("forecast hidden=4 length=6 batch=2 steps=20", 5)
    left = newest_left(runs_folder())
    assert left is not None
    with monkeypatch.context() as today:
        today.setattr(room, "free_memory", lambda: 1)
        with pytest.raises(room.NoRoomError):
            reopen(runs_folder(), left.name)
    assert newest_left(runs_folder()) == left
    kept, training, _ = reopen(runs_folder(), left.name)
    kept.close()
    assert training.step == 5
