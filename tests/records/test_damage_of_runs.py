"""Files of runs damaged on purpose: no crash, nothing else touched, what is beyond use set aside and named."""

import json
import os
import random
import shutil
import struct
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest

from tests.support.runs import made
from tuilab.labs.branchpoint import moments
from tuilab.labs.keeping import reopen
from tuilab.labs.run import Metrics
from tuilab.labs.spelling import parse
from tuilab.records import curve
from tuilab.records.curve import read_curve, read_series
from tuilab.records.desk import delete, find, rename
from tuilab.records.keeper import Keeper
from tuilab.records.runlog import last_measured
from tuilab.records.runs import Kept
from tuilab.records.shelf import clear_damaged, make_room, newest_left, rows
from tuilab.records.snapshots import clear_moments, kept_steps, look_into, moment
from tuilab.records.state import RunError, save_arrays

FILES = ("run.json", "label.json", "log.jsonl", "state.safetensors", "at-000000004.safetensors", "curve.json")
GIGABYTE = 1 << 30


def cut(path, draw, other):
    os.truncate(path, draw.randrange(path.stat().st_size))


def zeroed(path, draw, other):
    content = bytearray(path.read_bytes())
    begin = draw.randrange(len(content))
    end = min(len(content), begin + draw.randint(1, 400))
    content[begin:end] = bytes(end - begin)
    path.write_bytes(content)


def swapped(path, draw, other):
    path.write_bytes(draw.choice([file for file in other.iterdir() if file.is_file()]).read_bytes())


def junk(path, draw, other):
    path.write_bytes(draw.randbytes(draw.choice((0, 1, 9, 1000, 70_000))))


def large(path, draw, other):
    os.truncate(path, GIGABYTE)


def nested(path, draw, other):
    path.write_bytes(draw.choice((b"[", b'{"first":', b'{"spelling":')) * 10_000)


def wrong_types(path, draw, other):
    wrong = draw.choice([None, -1, 10**30, 1e300, "x", "\x1b[2J", [], {}, True, ["x"], "x" * 100_000])
    keys = ("spelling", "steps", "loss", "seconds", "format", "first", "title", "notes", "width", "of", "__metadata__")
    about = {"spelling": "neuron", "began": "", "first": 1, "loss": [1.0], "gradient_norm": [1.0], "seconds": 1.0}
    path.write_text(json.dumps(about | {draw.choice(keys): wrong}) + "\n")


def folder(path, draw, other):
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("x")


def pipe(path, draw, other):
    path.unlink()
    os.mkfifo(path)


def loop(path, draw, other):
    path.unlink()
    path.symlink_to(path.name)


def device(path, draw, other):
    path.unlink()
    path.symlink_to("/dev/zero")


def gone(path, draw, other):
    path.unlink()


DAMAGE = (cut, zeroed, swapped, junk, large, nested, wrong_types, folder, pipe, loop, device, gone)


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """Three runs as a learner has them: two left and one done, with names, moments and a curve."""
    root, patch = tmp_path_factory.mktemp("originals") / "runs", pytest.MonkeyPatch()
    patch.setattr(curve, "_WORTH", 1)
    from tuilab.labs.neuron.experiment import Training

    for seed in range(3):
        spelling = f"neuron steps=60 w_x=0.{seed + 1}"
        training, keeper = Training(parse(spelling)), Keeper(root, spelling)
        for step in range(30):
            keeper.note(training.advance())
            keeper.look(step + 1, training.state)
            if step % 10 == 9:
                keeper.save(step + 1, 0.1 * step, training.state)
        curve.keep_curve(keeper.kept.folder)
        rename(keeper.kept.folder, f"run {seed}")
        if seed == 2:
            keeper.finish("done", "")
        keeper.close()
    assert 4 in kept_steps(keeper_folder := next(iter(root.iterdir()))) and (keeper_folder / "curve.json").exists()
    patch.undo()
    return root


def contents(root, but):
    """What all files hold, without one that is damaged and those of the run that may be written anew."""
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file() and but not in file.parents}


def read(root, damaged):
    """Read all that there is to be read; only what is told in a sentence may go wrong."""
    list(rows(root)), newest_left(root), read_curve(damaged), read_series(damaged), last_measured(damaged / "log.jsonl")
    for action in (
        lambda: find(root, "run 1"),
        lambda: look_into(root, damaged.name, "neuron"),
        lambda: look_into(root, damaged.name, "neuron", at=4),
        lambda: moment(damaged, 4),
    ):
        with suppress(RunError):
            action()


def use(root, damaged):
    """Do with the runs all that is done with them; what was set aside, and what was said."""
    with suppress(RunError, OSError):
        rename(damaged, "another name")
    set_aside = clear_damaged(root)
    sentence = go_on(root, damaged)
    make_room(root)
    return set_aside, sentence


def go_on(root, damaged):
    """Train two steps more; what is said where that is not possible."""
    try:
        kept, training, _ = reopen(root, damaged.name)
    except (RunError, ValueError) as error:
        return str(error)
    keeper = Keeper(root, kept.about.spelling, kept)
    for _ in range(2):
        keeper.note(training.advance())
        keeper.look(training.step, training.state)
    with suppress(RunError):
        keeper.weights(4)
    keeper.save(training.step, 1.0, training.state)
    keeper.finish("stopped", "")
    problem = keeper.problem
    keeper.close()
    return problem


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_what_is_damaged_harms_nothing_else(originals, tmp_path, name, damage):
    draw = random.Random(f"{name} {damage.__name__}")
    for number in range(3 if damage in (large, gone, folder, pipe, loop, device) else 10):
        data = tmp_path / f"data-{number}"
        root = data / "runs"
        shutil.copytree(originals, root)
        runs = sorted(root.iterdir())
        one, other = draw.sample(runs, 2)
        damage(one / name, draw, other)
        everything = contents(root, but=one / name)
        read(root, one)
        assert contents(root, but=one / name) == everything
        before = contents(root, but=one)
        set_aside, sentence = use(root, one)
        assert contents(root, but=one).items() >= before.items()
        aside = list((data / "damaged").glob("*"))
        assert {place.name for place in set_aside} <= {place.name for place in aside}
        assert "\n" not in sentence and (not sentence or sentence.endswith("."))
        if name == "run.json" and damage in (junk, large, nested, folder, pipe, loop, device, gone):
            assert [place.name[:26] for place in aside] == [one.name[:26]] and not one.exists()
        if name == "state.safetensors" and damage in (junk, nested, folder, pipe, loop, device):
            assert any(place.name.startswith(f"{one.name}-state") for place in aside)
            assert "cannot be read" in sentence
        delete(other)
        assert other not in [row.folder for row in rows(root)]


def header(content, body=b""):
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return struct.pack("<Q", len(text)) + text + body


def tensor(dtype="F32", shape=(1,), offsets=(0, 4), **metadata):
    return {"__metadata__": {"step": "3", **metadata}, "w": {"dtype": dtype, "shape": shape, "data_offsets": offsets}}


STRANGE = {
    "a header of 2^60 bytes": struct.pack("<Q", 1 << 60),
    "a header of 2^64-1 bytes": b"\xff" * 8 + b"{}",
    "a header of 90 million bytes": struct.pack("<Q", 90_000_000),
    "overlapping": header(tensor() | {"v": tensor()["w"]}, bytes(4)),
    "backwards": header(tensor(offsets=(4, 0)), bytes(4)),
    "negative": header(tensor(offsets=(-4, 0)), bytes(4)),
    "a negative shape": header(tensor(shape=(-1,)), bytes(4)),
    "beyond the file": header(tensor(shape=(10**6,), offsets=(0, 4 * 10**6)), bytes(4)),
    "10^12 numbers": header(tensor(shape=(10**12,), offsets=(0, 4 * 10**12)), bytes(4)),
    "shapes that overflow": header(tensor(shape=(2**40, 2**40), offsets=(0, 4)), bytes(4)),
    "an unknown type": header(tensor("F128"), bytes(4)),
    "bfloat16": header(tensor("BF16", (2,)), bytes(4)),
    "8 bits": header(tensor("F8_E4M3", (4,)), bytes(4)),
    "step=1e9": header(tensor(step="1e9"), bytes(4)),
    "a negative step": header(tensor(step="-5"), bytes(4)),
    "a late step": header(tensor(step="9" * 4000), bytes(4)),
    "a later step": header(tensor(step="9" * 5000), bytes(4)),
    "a nested step": header(tensor(step={"step": ["3"]}), bytes(4)),
    "no metadata": header({"w": tensor()["w"]}, bytes(4)),
    "metadata that is a list": header({"__metadata__": ["step"], "w": tensor()["w"]}, bytes(4)),
    "nested 100,000 deep": header(b"[" * 100_000),
    "twice the same name": header(json.dumps(tensor()).encode()[:-1] + b', "w": 3}', bytes(4)),
}


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
def test_arrays_from_elsewhere_are_refused_in_little_memory(originals, tmp_path, content):
    root = tmp_path / "data" / "runs"
    shutil.copytree(originals, root)
    one = sorted(root.iterdir())[0]
    (one / "state.safetensors").write_bytes(content)
    (one / "at-000000004.safetensors").write_bytes(content)
    tracemalloc.start()
    with suppress(RunError):
        moment(one, 4)
    with pytest.raises((RunError, ValueError), match=r"\.$"):
        reopen(root, one.name)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_a_file_larger_than_any_of_ours_is_not_read(originals, tmp_path):
    root = tmp_path / "data" / "runs"
    shutil.copytree(originals, root)
    one = sorted(root.iterdir())[0]
    text = json.dumps(tensor(shape=(10**12,), offsets=(0, 4 * 10**12))).encode()
    (one / "state.safetensors").write_bytes(struct.pack("<Q", len(text)) + text)
    try:
        os.truncate(one / "state.safetensors", 8 + len(text) + 4 * 10**12)
    except OSError:
        pytest.skip("no file can be as large here")
    with pytest.raises(RunError, match="cannot be read"):
        reopen(root, one.name)


@pytest.mark.parametrize("content", [b"\n", b'{"first":1,\n', b"x" * 100])
def test_a_log_of_junk_without_end_is_read_in_little_memory(originals, tmp_path, content):
    one = tmp_path / "one"
    shutil.copytree(sorted(originals.iterdir())[0], one)
    steps = last_measured(one / "log.jsonl").first
    with (one / "log.jsonl").open("ab") as log:
        log.write(content * (2_000_000 // len(content)))
    assert last_measured(one / "log.jsonl").first == steps
    tracemalloc.start()
    assert len(read_series(one).loss) == 30
    assert tracemalloc.get_traced_memory()[1] < 64 << 20
    tracemalloc.stop()


def test_a_line_that_claims_to_be_far_ahead_is_damage(originals, tmp_path):
    one = tmp_path / "one"
    shutil.copytree(sorted(originals.iterdir())[0], one)
    with (one / "log.jsonl").open("ab") as log:
        log.write(b'{"first":9999999,"loss":[1.0],"gradient_norm":[1.0],"seconds":1.0}\n')
    assert len(read_series(one).loss) == 30 and last_measured(one / "log.jsonl").first < 30


@pytest.mark.parametrize("refused", [24, 13, 5])
def test_what_cannot_be_read_just_now_is_not_taken_for_damage(originals, tmp_path, monkeypatch, refused):
    root = tmp_path / "data" / "runs"
    shutil.copytree(originals, root)
    one = sorted(root.iterdir())[0]
    opened = os.open

    def refuse(path, flags, *more, **others):
        if str(path).endswith((".json", ".safetensors")):
            raise OSError(refused, os.strerror(refused))
        return opened(path, flags, *more, **others)

    monkeypatch.setattr(os, "open", refuse)
    assert clear_damaged(root) == [] and list(rows(root)) == []
    with pytest.raises(RunError):
        reopen(root, one.name)
    monkeypatch.undo()
    assert len(list(rows(root))) == 3 and not (tmp_path / "data" / "damaged").exists()
    kept, training, _ = reopen(root, one.name)
    kept.close()
    assert training.step == 30 and kept.about.finished is None


def test_a_state_that_cannot_be_read_just_now_is_no_failure(originals, tmp_path, monkeypatch):
    root = tmp_path / "data" / "runs"
    shutil.copytree(originals, root)
    one = sorted(root.iterdir())[0]
    opened = os.open

    def refuse(path, flags, *more, **others):
        if str(path).endswith("state.safetensors"):
            raise OSError(24, os.strerror(24))
        return opened(path, flags, *more, **others)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RunError, match=r"cannot be read now: Too many open files\."):
        reopen(root, one.name)
    monkeypatch.undo()
    assert newest_left(root) is not None and [row.fate for row in rows(root)] == ["done", "left", "left"]


def test_a_name_and_notes_that_cannot_be_read_keep_the_run_and_are_set_aside_by_the_next(originals, tmp_path):
    root = tmp_path / "data" / "runs"
    shutil.copytree(originals, root)
    runs = sorted(root.iterdir())
    (runs[0] / "label.json").write_bytes(b"\xff")
    (runs[1] / "label.json").write_text('{"title": "ours", "format": 9}')
    for _ in runs:
        make_room(root, most=0)
    assert sorted(root.iterdir()) == runs
    rename(runs[0], "again")
    (aside,) = (tmp_path / "data" / "damaged").iterdir()
    assert aside.read_bytes() == b"\xff" and aside.name.startswith(f"{runs[0].name}-label")
    with pytest.raises(RunError, match="newer tuilab"):
        rename(runs[1], "again and again")
    assert "ours" in (runs[1] / "label.json").read_text()


def test_a_run_in_use_is_neither_set_aside_nor_taken_away(tmp_path):
    root = tmp_path / "runs"
    kept = Kept.begin(root, "neuron", state=(1, {"w": np.zeros(1, np.float32)}))
    (kept.folder / "run.json").write_bytes(b"")
    assert clear_damaged(root) == [] and make_room(root, most=0) == []
    kept.close()
    assert len(clear_damaged(root)) == 1


def test_moments_that_cannot_be_read_are_told_and_the_run_goes_on(tmp_path):
    keeper = Keeper(tmp_path / "runs", "neuron")
    for step in range(1, 5):
        keeper.note(Metrics(step, 1.0, 1.0))
        keeper.look(step, lambda step=step: {"parameter.w": np.full(2, step, np.float32)})
    keeper.save(4, 1.0, lambda: {"parameter.w": np.zeros(2, np.float32)})
    path = keeper.kept.folder / "at-000000002.safetensors"
    save_arrays(path, 2, {})
    path.write_bytes(b"")
    with pytest.raises(RunError, match="What was kept of step 2 cannot be read; take another moment"):
        keeper.weights(2)
    assert keeper.weights(3)["parameter.w"][0] == 3
    keeper.close()


def longer(path):
    path.write_bytes(path.read_bytes() + b"more")


def of_another_step(path):
    save_arrays(path, 3, {"parameter.w": np.zeros(3, np.float32)})


@pytest.mark.parametrize("damage", [lambda path: cut(path, random.Random(1), None), longer, of_another_step])
def test_a_damaged_moment_is_not_offered_but_set_aside_and_named(tmp_path, damage):
    folder = made(tmp_path / "runs", "neuron", steps=20, moments=(5, 10, 15))
    path = folder / "at-000000010.safetensors"
    damage(path)
    content = path.read_bytes()
    assert moments(folder) == [5, 15, 20]
    (place,) = clear_moments(folder)
    assert place.parent == tmp_path / "damaged" and place.name.startswith(f"{folder.name}-at-000000010")
    assert place.read_bytes() == content and kept_steps(folder) == [5, 15] and clear_moments(folder) == []


def test_the_moments_of_a_run_in_use_are_left_alone(tmp_path):
    folder = made(tmp_path / "runs", "neuron", steps=20, moments=(5,), finished=None)
    (folder / "at-000000005.safetensors").write_bytes(b"")
    kept = Kept.reopen(tmp_path / "runs", folder.name)
    assert clear_moments(folder) == [] and moments(folder) == [20]
    kept.close()
    assert len(clear_moments(folder)) == 1
