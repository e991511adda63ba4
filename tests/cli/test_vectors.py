"""The commands that convert, save and list word vectors."""

import json
import os
import shlex
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from tests.vectors.samples import WORDS, binary, keep_run, rows, text, write
from tuilab.cli import vectors as commands
from tuilab.cli.main import main
from tuilab.vectors import open as opening
from tuilab.vectors.open import open_vectors


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("TUILAB_DATA", str(tmp_path / "machine"))
    opening._opened.cache_clear()
    return tmp_path / "machine"


def test_a_file_is_converted_and_then_opens_by_its_name(tmp_path, home, capsys) -> None:
    path = write(tmp_path, text([*WORDS, "king"], rows(8)), "small.txt")
    assert main(["convert", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("7 words of 5 numbers, in ") and f"{home}/data/tuilab/vectors/small.safetensors" in out
    assert "One word stands there once more, 'king' at line 9; the first of each counts." in out
    assert "tuilab open 'neighbours vectors=small'" in out
    assert list(open_vectors("small").words) == WORDS


def test_for_all_learners(tmp_path, machine, capsys) -> None:
    path = write(tmp_path, binary(), "small.bin")
    assert main(["convert", str(path), "--shared"]) == 0
    place = machine / "vectors" / "small.safetensors"
    assert place.stat().st_mode & 0o777 == 0o644 and place.parent.stat().st_mode & 0o777 == 0o755
    assert open_vectors(str(path)).path == place
    assert main(["vectors", "--json"]) == 0
    out = capsys.readouterr().out.splitlines()
    about = {"name": "small", "kind": "file", "words": 7, "dimensions": 5, "path": str(place)}
    assert json.loads(out[-1]) == [about]


def test_for_all_learners_whatever_root_keeps_to_itself(tmp_path, machine) -> None:
    before = os.umask(0o077)
    try:
        assert main(["convert", str(write(tmp_path, binary(), "small.bin")), "--shared"]) == 0
    finally:
        os.umask(before)
    place = machine / "vectors" / "small.safetensors"
    assert [each.stat().st_mode & 0o777 for each in (place, place.parent, machine)] == [0o644, 0o755, 0o755]


def test_what_was_converted_can_be_put_where_all_find_it(tmp_path, machine, capsys) -> None:
    mine = tmp_path / "mine.safetensors"
    assert main(["convert", str(write(tmp_path, binary(), "small.bin")), "--to", str(mine)]) == 0
    assert main(["convert", str(mine), "--shared"]) == 0
    assert list(open_vectors("mine").words) == WORDS
    capsys.readouterr()
    assert main(["convert", str(mine)]) == 2
    assert capsys.readouterr().err.startswith(f"{mine} opens at once as it is: tuilab open 'neighbours vectors=")


@pytest.mark.parametrize("name", ["last", "language", "pydoc", "text8", "20261123-173015.111656-words"])
@pytest.mark.parametrize("shared", [[], ["--shared"]], ids=["own", "shared"])
def test_a_file_named_like_a_run_is_kept_under_another_name(name, shared, tmp_path, capsys) -> None:
    keep_run(["a"], rows(1), "words corpus=text8")
    path = write(tmp_path, text(), f"{name}.bin")
    assert main(["convert", str(path), *shared]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert f"{name} opens what was trained, so they are called {name}-vectors." in out
    assert f"tuilab open 'neighbours vectors={name}-vectors'" in out
    vectors = open_vectors(f"{name}-vectors")
    assert list(vectors.words) == WORDS and open_vectors(str(path)) is vectors
    main(["vectors"])
    assert f"\n{name}-vectors " in capsys.readouterr().out


def test_one_that_is_there_under_a_runs_name_is_listed_by_its_path(tmp_path, home, capsys) -> None:
    place = home / "data/tuilab/vectors/text8.safetensors"
    main(["convert", str(write(tmp_path, text(), "small.txt")), "--to", str(place)])
    capsys.readouterr()
    main(["vectors", "--json"])
    (about,) = json.loads(capsys.readouterr().out)
    assert list(open_vectors(about["name"]).words) == WORDS


def test_a_name_with_a_blank_is_shown_so_that_it_can_be_typed(tmp_path, capsys) -> None:
    path = write(tmp_path, text(), "two words.txt")
    assert main(["convert", str(path)]) == 0
    command = shlex.split(capsys.readouterr().out.rpartition("To look into it: ")[2])
    assert command[:2] == ["tuilab", "open"] and shlex.split(command[2]) == ["neighbours", "vectors=two words"]


@pytest.mark.parametrize("form", ["word2vec", "binary", "glove"])
def test_a_run_is_saved_for_other_programs(form, tmp_path, capsys) -> None:
    keep_run(WORDS, rows())
    out = tmp_path / "out"
    assert main(["convert", "last", "--as", form, "--to", str(out)]) == 0
    assert capsys.readouterr().out == f"Saved 7 words of 5 numbers in {out}.\n"
    assert np.allclose(open_vectors(str(out)).rows(0, 7), rows(), rtol=1e-6)


def test_what_gensim_saves_needs_gensim(tmp_path, monkeypatch, capsys) -> None:
    keep_run(WORDS, rows())
    monkeypatch.setitem(sys.modules, "gensim.models", None)
    assert main(["convert", "last", "--as", "gensim", "--to", str(tmp_path / "out.kv")]) == 2
    assert capsys.readouterr().err == "This needs gensim, which is not installed: pip install 'tuilab[gensim]'\n"
    assert not list(tmp_path.glob("*out*"))


def test_a_run_is_kept_for_longer(tmp_path, capsys) -> None:
    keep_run(WORDS, rows())
    assert main(["convert", "last", "--to", str(tmp_path / "mine.safetensors")]) == 0
    assert bytes(load_file(tmp_path / "mine.safetensors")["words"]).decode().split() == WORDS


def test_the_list(tmp_path, home, capsys) -> None:
    assert main(["vectors"]) == 0
    assert capsys.readouterr().out.startswith("There are none: train some in the words lab")
    name = keep_run(WORDS, rows())
    main(["convert", str(write(tmp_path, text(), "small.txt"))])
    capsys.readouterr()
    for other in ({}, {"unit": np.zeros(3, np.float32)}):  # of somebody else
        save_file(other, home / f"data/tuilab/vectors/other{len(other)}.safetensors")
    assert main(["vectors"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [[name, "run", "7", "words", "of", "5"], ["small", "file", "7", "words", "of", "5"]]


def test_progress_is_a_line_for_each_tenth_where_there_is_no_terminal(capsys, monkeypatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(commands.time, "monotonic", lambda: next(clock))
    progress = commands._Progress("big.txt")
    for done in range(0, 1001, 50):
        progress(done, 1000)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "converting big.txt: 0 %" and lines[1] == "converting big.txt: 10 %, 27 s left"
    assert lines[-1] == "converting big.txt: 100 %, 0 s left" and len(lines) == 11


REFUSED = {
    ("convert", "/no/such"): "There is no file /no/such.",
    ("convert", "last"): "No run of the words lab is kept yet",
    ("convert", "x", "--as", "glove"): "--as glove needs the file that is to be written: --to OUT.",
    ("convert", "x", "--shared", "--to", "y"): "--shared says where to; it does not go with --to or --as.",
    ("convert", "x", "--as", "csv", "--to", "y"): "invalid choice: 'csv'",
    ("--restricted", "convert", "x"): "tuilab convert is not there in restricted mode.",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_refused_in_one_line(typed, capsys, monkeypatch) -> None:
    assert main([*typed]) == 2
    out, err = capsys.readouterr()
    assert REFUSED[typed] in err and err.count("\n") == 1 and not out


def test_shared_without_a_folder_for_it(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.delenv("TUILAB_DATA")
    monkeypatch.setenv("XDG_DATA_DIRS", "relative")
    assert main(["convert", str(write(tmp_path, text())), "--shared"]) == 2
    assert "XDG_DATA_DIRS names no folder by its full path" in capsys.readouterr().err


def test_a_pickle_needs_trust_and_a_bad_file_leaves_nothing(tmp_path, home, capsys) -> None:
    path = write(tmp_path, b"\x80\x04K\x01.", "model.kv")
    assert main(["convert", str(path)]) == 2
    assert f"tuilab convert {path} --trust" in capsys.readouterr().err
    assert main(["convert", str(write(tmp_path, text()[:-20], "cut.txt"))]) == 2
    assert "cut.txt, line 8:" in capsys.readouterr().err
    folder = home / "data/tuilab/vectors"
    assert not folder.exists() or not list(folder.iterdir())


def test_a_file_is_asked_without_a_screen(tmp_path, capsys) -> None:
    path = write(tmp_path, text(["king", "queen", "man"], np.array([[1, 0.1], [1, 0], [0, 1]])), "small.txt")
    assert main(["ask", f"neighbours word=king vectors={path}", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["spelling"] == f"neighbours word=king vectors={path}"
    assert [row["word"] for row in found["answer"]["rows"]] == ["queen", "man"]
    assert main(["ask", f"analogy 'of=king - man' vectors={path}"]) == 0
    assert "queen" in capsys.readouterr().out
    assert main(["ask", f"complete word=k vectors={path}", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answer"] == {"words": ["king"]}
    assert main(["ask", f"neighbours word=quen vectors={path}"]) == 2
    assert capsys.readouterr().err == "quen is not among the 3 words; spelled most like it: queen.\n"


def test_what_no_file_can_say_is_a_word_that_is_not_there(tmp_path, capsys) -> None:
    path = write(tmp_path, text(["king", "queen"], rows(2)), "small.txt")
    for spelling in ("neighbours word=\udcff", "complete word=\udcff", "analogy of=king-\udcff"):
        main(["ask", f"{spelling} vectors={path}"])
        assert "codec" not in capsys.readouterr().err


def test_words_that_stand_twice_are_told_where_a_file_is_converted_as_it_is_opened(tmp_path, capsys) -> None:
    path = write(tmp_path, text(["king", "queen", "king"], rows(3)), "small.txt")
    for _ in range(2):
        assert main(["ask", f"neighbours word=king vectors={path}", "--json"]) == 0
        source = json.loads(capsys.readouterr().out)["answer"]["source"]
        assert source["remark"] == "One word stands there once more, 'king' at line 4; the first of each counts."


def test_what_cannot_be_written_is_one_sentence(tmp_path, capsys) -> None:
    path = write(tmp_path, text(), "small.txt")
    for to, said in ((tmp_path, "Is a directory"), (path / "x", "File exists"), ("/proc/x/y", "No such file")):
        assert main(["convert", str(path), "--to", str(to)]) == 2
        err = capsys.readouterr().err
        assert err.startswith(f"{path} cannot be converted: ") and said in err and ".new" not in err
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["small.txt"]


def test_a_file_that_is_there_is_replaced_by_force_alone(tmp_path, capsys) -> None:
    path, to = write(tmp_path, text(), "small.txt"), tmp_path / "mine.safetensors"
    to.write_text("years of work")
    assert main(["convert", str(path), "--to", str(to)]) == 2
    assert capsys.readouterr().err == f"{to} is there already; name another file, or add --force to replace it.\n"
    assert to.read_text() == "years of work"
    assert main(["convert", str(path), "--to", str(to), "--force"]) == 0
    assert to.stat().st_size > 100
