"""Vectors opened by a name: kept runs, what was converted, files; and what is said where there is nothing to open."""

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.vectors.samples import WORDS, binary, keep_run, rows, text, write
from tuilab.records.folders import data_folder
from tuilab.vectors import open as opening
from tuilab.vectors.errors import VectorError
from tuilab.vectors.open import convert_file, open_vectors, stored


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch) -> Path:
    """The machine's shared folder; nothing is open from an earlier test."""
    monkeypatch.setenv("TUILAB_DATA", str(tmp_path / "machine"))
    opening._opened.cache_clear()
    return tmp_path / "machine"


def refusal(name: str) -> str:
    with pytest.raises(VectorError) as refused:
        open_vectors(name)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_the_newest_kept_run_and_one_by_its_name() -> None:
    older = keep_run(["a", "b"], rows(2))
    newer = keep_run(WORDS, rows())
    keep_run(["x"], rows(1), "forecast")
    vectors = open_vectors("last")
    assert list(vectors.words) == WORDS and vectors.kept_run and vectors.name == newer
    assert np.allclose(vectors.rows(0, 7), rows(), rtol=1e-6)
    assert np.allclose(np.linalg.norm(vectors.unit, axis=1), 1)
    assert list(open_vectors(older).words) == ["a", "b"]


def test_a_run_that_is_saved_again_is_read_again() -> None:
    name = keep_run(["a", "b"], rows(2))
    first = open_vectors(name)
    assert open_vectors(name) is first
    state = first.path
    before = state.stat().st_mtime_ns
    again = keep_run(["a", "b"], 2 * rows(2))
    (state.parent.parent / again / "state.safetensors").replace(state)
    os.utime(state, ns=(before + 10**9, before + 10**9))
    assert open_vectors(name).norms[0] == pytest.approx(2 * first.norms[0])


def test_the_newest_run_on_a_corpus() -> None:
    keep_run(["a"], rows(1), "words corpus=pydoc")
    keep_run(["b"], rows(1), "words dimensions=5")
    assert list(open_vectors("pydoc").words) == ["a"] and list(open_vectors("language").words) == ["b"]
    assert refusal("text8").startswith("No run of the words lab on text8 is kept yet")


def test_nothing_is_trained_yet() -> None:
    sentence = "No run of the words lab is kept yet: train one first in the words lab, or with "
    sentence += "tuilab run words --keep, or name a file of vectors."
    assert refusal("last") == sentence
    keep_run(["a"], rows(1), step=0)
    assert refusal("last") == sentence  # it was begun, and has learned nothing
    name = "20261123-173015.111656-words"
    assert refusal(name) == f"The run {name} is no longer kept, or has learned nothing yet."
    forecast = keep_run(["x"], rows(1), "forecast")
    assert open_vectors(forecast).name == forecast  # any state with words and vectors does


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_a_run_whose_numbers_ran_away(wrong) -> None:
    name = keep_run(["a", "b"], np.array([[1, 2], [3, wrong]]))
    assert refusal("last") == f"The vectors of {name} ran away; train again, with a smaller learning rate."


def test_a_file_is_converted_once(tmp_path, monkeypatch) -> None:
    path = write(tmp_path, binary(), "small.bin")
    assert list(open_vectors(str(path)).words) == WORDS
    assert [name for name, _ in stored()] == ["small"]
    place = data_folder() / "vectors" / "small.safetensors"
    made = place.stat().st_mtime_ns
    assert open_vectors(str(path)).path == open_vectors("small").path == open_vectors(str(place)).path == place
    assert place.stat().st_mtime_ns == made
    monkeypatch.chdir(tmp_path)
    assert open_vectors("small.bin").path == open_vectors("./small.bin").path == place


def test_a_file_that_has_changed_is_converted_anew(tmp_path) -> None:
    path = write(tmp_path, text(), "small.txt")
    open_vectors(str(path))
    write(tmp_path, text(["one", "two"], rows(2)), "small.txt")
    assert list(open_vectors(str(path)).words) == ["one", "two"]
    assert [name for name, _ in stored()] == ["small"]


def test_another_file_of_the_same_name_stands_beside(tmp_path) -> None:
    paths = []
    for folder, words in (("a", ["one"]), ("b", ["two"])):
        (tmp_path / folder).mkdir()
        paths.append(write(tmp_path / folder, text(words, rows(1)), "small.txt"))
    assert [list(open_vectors(str(path)).words) for path in (*paths, *paths)] == [["one"], ["two"]] * 2
    assert len(list(stored())) == 2


def test_the_machines_own_folder_comes_first(tmp_path, machine) -> None:
    path = write(tmp_path, text(), "small.txt")
    shared = machine / "vectors" / "small.safetensors"
    convert_file(path, shared, mode=0o644)
    assert shared.stat().st_mode & 0o777 == 0o644
    assert open_vectors("small").path == open_vectors(str(path)).path == shared
    assert not (data_folder() / "vectors").exists()


def test_a_large_file_is_not_converted_while_somebody_waits(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 10)
    path = write(tmp_path, text(), "large file.txt")
    assert refusal(str(path)).endswith(f"has to be converted once, which takes a while: tuilab convert '{path}'")
    convert_file(path)
    assert list(open_vectors(str(path)).words) == WORDS


def test_what_cannot_be_opened(tmp_path) -> None:
    assert refusal("no-such") == (
        "There are no vectors 'no-such': write last, the name of a run, a file, or a name from tuilab vectors."
    )
    assert refusal(f"{tmp_path}/no-such") == f"There is no file {tmp_path}/no-such."
    assert "is no file; name a file" in refusal(str(tmp_path))
    other = keep_run(["x"], rows(1))
    state = data_folder() / "runs" / other / "state.safetensors"
    state.write_bytes(state.read_bytes()[:-10])
    assert "it was cut off" in refusal(other)
    state.write_bytes(b"\x08\0\0\0\0\0\0\0{nonsense")
    assert "its header cannot be read" in refusal(str(state))


CONVERTED = {
    "__metadata__": {"format": "tuilab vectors 1"},
    "unit": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
    "norms": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]},
    "starts": {"dtype": "I32", "shape": [2], "data_offsets": [12, 20]},
    "order": {"dtype": "I32", "shape": [1], "data_offsets": [20, 24]},
    "words": {"dtype": "U8", "shape": [2], "data_offsets": [24, 26]},
}


@pytest.mark.parametrize(
    "header, said",
    [
        ('{"a":' + "[" * 100_000, "its header cannot be read"),
        ('{"a": 1e999}', "its header cannot be read"),
        ('{"a": {"dtype": "F32", "shape": [1], "data_offsets": [Infinity, Infinity]}}', "its header cannot be read"),
        ('{"a": {"dtype": "F32", "shape": [Infinity], "data_offsets": [0, 4]}}', "its header cannot be read"),
        ('{"__metadata__": 5}', "its header cannot be read"),
        ('{"__metadata__": {"format": 5}}', "has no word vectors"),
        ("[]", "sample begins with"),
        (CONVERTED | {"unit": {"dtype": "I32", "shape": [1, 2], "data_offsets": [0, 8]}}, "do not go together"),
        (CONVERTED | {"order": {"dtype": "F32", "shape": [1], "data_offsets": [20, 24]}}, "do not go together"),
        (CONVERTED | {"words": {"dtype": "U8", "shape": [1, 2], "data_offsets": [24, 26]}}, "do not go together"),
        (CONVERTED | {"unit": {"dtype": "F32", "shape": [0, 2**70], "data_offsets": [0, 0]}}, "do not go together"),
        ({"parameter.vectors": {"dtype": "F32", "shape": [0, 2**70], "data_offsets": [0, 0]}}, "has no word vectors"),
    ],
)
def test_a_header_that_somebody_has_made_up(header, said, tmp_path) -> None:
    content = (header if isinstance(header, str) else json.dumps(header)).encode()
    path = write(tmp_path, struct.pack("<Q", len(content)) + content + bytes(26))
    assert said in refusal(str(path))


def test_that_header_is_read_where_nothing_is_wrong_with_it(tmp_path) -> None:
    content = json.dumps(CONVERTED).encode()
    numbers = np.array([0.6, 0.8, 5], "<f4").tobytes() + np.array([0, 2, 0], "<i4").tobytes() + b"a\n"
    vectors = open_vectors(str(write(tmp_path, struct.pack("<Q", len(content)) + content + numbers)))
    assert list(vectors.words) == ["a"] and vectors.rows(0, 1).tolist() == [[3, 4]]


def test_a_pickle_is_never_opened_by_a_name(tmp_path) -> None:
    path = write(tmp_path, bomb(tmp_path), "model.kv")
    assert refusal(str(path)).startswith("model.kv is Python's pickle, as gensim saves it, and opening one runs")
    with pytest.raises(VectorError, match=r"tuilab convert .*model.kv --trust"):
        convert_file(path)
    assert not (tmp_path / "exploded").exists()


def bomb(folder: Path) -> bytes:
    """A pickle that makes a file when it is opened."""
    import pickle

    class Bomb:
        def __reduce__(self):
            return (open, (str(folder / "exploded"), "w"))

    return pickle.dumps(Bomb())


def test_in_restricted_mode_only_ones_own_files(tmp_path, home, monkeypatch) -> None:
    outside, inside = write(tmp_path, text(), "outside.txt"), write(home, text(), "inside.txt")
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    assert refusal(str(outside)) == f"{outside} is outside of your own folder, and cannot be opened in restricted mode."
    link = home / "link"
    link.symlink_to(outside)
    assert "in restricted mode" in refusal(str(link))
    place = data_folder() / "vectors" / "away.safetensors"
    place.parent.mkdir(parents=True)
    place.symlink_to(convert_file(outside, tmp_path / "outside.safetensors").path)
    assert "There are no vectors 'away'" in refusal("away")
    monkeypatch.chdir(tmp_path)
    for there, not_there in (("outside.txt", "nothing.txt"), ("~root", "~nobody-of-this-name"), ("/etc", "/nothing")):
        assert refusal(there).replace(there, "") == refusal(not_there).replace(not_there, "")
    assert refusal("~root/x").replace("root", "nobody-of-this-name") == refusal("~nobody-of-this-name/x")
    assert list(open_vectors(str(inside)).words) == WORDS


def test_two_processes_share_the_rows(tmp_path) -> None:
    path = write(tmp_path, binary([f"w{n}" for n in range(2000)], rows(2000, 300)), "many.bin")
    place = convert_file(path).path
    program = f"""
import re, sys
from tuilab.vectors.open import open_vectors
unit = open_vectors({str(place)!r}).unit
total = float(unit.sum())
print("ready", flush=True)
sys.stdin.readline()
block = open("/proc/self/smaps").read().split("{place.name}")[1:]
kinds = {{kind: sum(int(n) for part in block for n in re.findall(kind + r":\\s+(\\d+)", part.split("VmFlags")[0]))
         for kind in ("Shared_Clean", "Private_Clean", "Private_Dirty")}}
print(kinds["Shared_Clean"], kinds["Private_Clean"] + kinds["Private_Dirty"], flush=True)
"""
    if not Path("/proc/self/smaps").exists():
        pytest.skip("how memory is shared is told by Linux alone")
    start = [
        subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in start:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    first, _ = start[0].communicate("go\n")
    shared, private = map(int, first.split())
    start[1].communicate("go\n")
    assert shared > 2000 * 300 * 4 / 1024 * 0.9 and private < 100, (shared, private)
