import json

import pytest

from tests.records.test_runs import measured, save, state
from tests.support.runs import made
from tuilab.cli import records
from tuilab.cli.main import main
from tuilab.records.folders import NOWHERE, data_folder, exercises_folder, runs_folder
from tuilab.records.progress import Progress
from tuilab.records.runs import Kept
from tuilab.records.worksheets import worksheet


@pytest.fixture
def runs():
    """Three kept runs, the oldest first."""
    names = []
    for seed in (1, 2, 3):
        kept = Kept.begin(runs_folder(), f"forecast steps=25 seed={seed}")
        save(kept, 25, state(1), measured(1, 25))
        kept.finish("done", "")
        kept.close()
        names.append(kept.name)
    return names


def said(capsys, *command):
    assert main(["records", *command]) == 0
    return capsys.readouterr().out


def refused(capsys, *command):
    assert main(["records", *command]) == 2
    return capsys.readouterr().err


def test_without_runs_it_says_how_one_comes_about(capsys):
    assert said(capsys).startswith("No run is kept yet: train one in a lab")
    assert refused(capsys, "show", "last") == "No run is kept yet; train one in a lab.\n"


def test_the_list_has_each_run_newest_first_and_says_what_room_they_take(capsys, runs):
    lines = said(capsys, "list").splitlines()
    assert lines[0] == f"{runs[2]}  done at step 25  loss 25  0 s" and lines[1] == "    forecast steps=25 seed=3"
    assert lines[4].startswith(runs[0]) and lines[6].startswith("3 runs, ") and "everything kept of you: " in lines[6]
    found = json.loads(said(capsys, "--json"))
    assert [each["run"] for each in found["runs"]] == runs[::-1]
    there = sum(path.stat().st_size for path in data_folder().rglob("*") if path.is_file())
    assert found["bytes"] == {"runs": there, "damaged": 0, "all": there}


def test_a_run_is_named_noted_shown_and_deleted(capsys, runs):
    assert said(capsys, "name", "last", "too quick") == f"{runs[2]} is called 'too quick' now.\n"
    said(capsys, "note", "too quick", "lr was 0.1\nand it ran away")
    told = said(capsys, "show", "too quick")
    assert f"run       {runs[2]}" in told and "notes     lr was 0.1\n          and it ran away" in told
    found = json.loads(said(capsys, "show", "too quick", "--json"))
    assert (found["name"], found["steps"], found["loss"], found["state"]) == ("too quick", 25, 25.0, "done")
    assert said(capsys, "delete", "too quick").startswith(f"{runs[2]} is deleted")
    assert refused(capsys, "show", "too quick") == "There is no run 'too quick'; tuilab records list has them all.\n"


def test_pruning_deletes_the_oldest_and_says_which(capsys, runs):
    assert said(capsys, "prune") == "0 runs deleted, 0.0 KB.\n"
    assert said(capsys, "prune", "--keep", "2").startswith(f"{runs[0]}\n1 run deleted, ")
    assert json.loads(said(capsys, "prune", "--size", "0", "--json"))["deleted"] == runs[:0:-1]
    assert refused(capsys, "prune", "--keep", "-1").startswith("-1 is not allowed: write a whole number")


def test_a_damaged_run_is_set_aside_named_and_counted_until_it_is_pruned(capsys, runs):
    (runs_folder() / runs[1] / "run.json").write_text("no")
    assert main(["records", "list"]) == 0
    out, err = capsys.readouterr()
    assert err.startswith("What could not be read of a run was set aside: ") and runs[1] in err
    assert "2 runs, " in out and "of it damaged and set aside" in out
    said(capsys, "prune", "--damaged")
    assert json.loads(said(capsys, "--json"))["bytes"]["damaged"] == 0 and not (data_folder() / "damaged").exists()


def test_a_damaged_moment_is_named_and_not_offered(capsys):
    folder = made(runs_folder(), "forecast", moments=(10, 20))
    (folder / "at-000000010.safetensors").write_bytes(b"x")
    assert main(["records", "show", "last", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["moments"] == [20] and err.startswith("What could not be read of a run was set aside: ")
    assert f"{folder.name}-at-000000010" in err.replace("\n", "")


@pytest.fixture
def learned():
    """A record with answers in two lessons."""
    progress = Progress(data_folder())
    progress.page_seen("02-layer-by-hand", 1)
    progress.answered("02-layer-by-hand/sum-of-three", "2", False)
    progress.hinted("02-layer-by-hand/sum-of-three", 2)
    progress.answered("02-layer-by-hand/sum-of-three", "3", True)
    progress.predicted("02-layer-by-hand/gone-since", "*0.5*", False)


def test_a_hand_in_has_answers_hints_and_runs_and_is_read_by_a_teacher(capsys, tmp_path, runs, learned):
    mine, other = str(tmp_path / "ada.json"), str(tmp_path / "bob.json")
    assert "1 lesson, 2 answers, 3 runs" in said(capsys, "hand-in", "--to", mine, "--name", "Ada")
    said(capsys, "hand-in", "--to", other)
    (lesson,) = json.loads(said(capsys, "read", mine, "--json"))[0]["lessons"]
    question = next(each for each in lesson["questions"] if not each["predicted"])
    assert (question["given"], question["right"], question["wrong"], question["hints"]) == ("3", True, 1, 2)
    page = said(capsys, "read", mine)
    assert page.startswith("# tuilab: Ada\n") and "**3** (right, after 1 wrong answer, 2 hints)" in page
    assert r"**\*0.5\*** (wrong)" in page and "* `forecast steps=25 seed=3`: done at step 25, loss 25, 2" in page
    table = said(capsys, "read", mine, other).splitlines()
    assert len(table) == 3 and table[1].startswith("Ada") and "1 of " in table[1] and other in table[2]


def test_notes_are_markdown(capsys, tmp_path, runs, learned):
    said(capsys, "note", "last", "look *again*")
    text = said(capsys, "notes")
    assert text.startswith("# tuilab\n") and r"look \*again\*" in text
    said(capsys, "notes", "--to", str(tmp_path / "notes.md"))
    assert (tmp_path / "notes.md").read_text() == text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read: No such file or directory."),
        ("{}", "is no hand-in; tuilab records hand-in --to FILE writes one."),
        ("[" * 50_000, "is no hand-in"),
        (
            '{"kind":"tuilab hand-in","format":9,"learner":"","made":"","version":"7.0","lessons":[],"runs":[]}',
            "was written by a newer tuilab, 7.0; take that to read it.",
        ),
    ],
)
def test_a_file_that_is_no_hand_in_is_refused_in_a_sentence(capsys, tmp_path, content, sentence):
    path = tmp_path / "file.json"
    if content is not None:
        path.write_text(content)
    assert sentence in refused(capsys, "read", str(path))


@pytest.mark.parametrize(
    ("where", "sentence"),
    [(".", "is a folder; name the file"), ("no/such/file.json", "cannot be written: No such file or directory.")],
)
def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(capsys, tmp_path, where, sentence):
    assert sentence in refused(capsys, "hand-in", "--to", str(tmp_path / where))


def test_a_hand_in_has_the_exercises_with_what_was_written(capsys, tmp_path):
    assert main(["exercise", "start", "window"]) == 0
    sheet = worksheet(exercises_folder(), "07-milk", "window")
    sheet.write_text("def windows():\n    return '*'  # mine\n")
    Progress(data_folder()).exercised("07-milk/window", "hint", 2)
    capsys.readouterr()
    path = str(tmp_path / "ada.json")
    said(capsys, "hand-in", "--to", path)
    page = said(capsys, "read", path)
    assert "## Exercises\n\n* 07-milk/window: not solved yet, 2 hints\n\n      def windows():\n" in page
    assert "          return '*'  # mine\n" in page


def test_one_file_that_is_no_hand_in_does_not_hide_the_others(capsys, tmp_path, learned):
    paths = [str(tmp_path / name) for name in ("ada.json", "bob.json", "junk.json")]
    for path in paths[:2]:
        said(capsys, "hand-in", "--to", path)
    (tmp_path / "junk.json").write_text("junk")
    assert main(["records", "read", *paths]) == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 3 and "junk.json is no hand-in" in err


def test_a_spelling_is_exported_as_a_program_alone(capsys, tmp_path):
    to = tmp_path / "gru.py"
    assert "The program of forecast cell=gru in " in said(
        capsys, "export", "forecast cell=gru", "--as", "program", "--to", str(to)
    )
    assert "import torch" in to.read_text() and "tuilab import" not in to.read_text()
    assert "as program alone" in refused(capsys, "export", "forecast cell=gru", "--as", "csv", "--to", str(to))


def test_a_file_in_place_of_the_folder_of_records_is_told(capsys):
    data_folder().parent.mkdir(parents=True, exist_ok=True)
    data_folder().write_text("not a folder")
    assert "is no folder, so nothing can be kept; move it away." in refused(capsys, "list")


def test_without_a_home_it_is_said_that_nothing_can_be_kept(capsys, monkeypatch):
    monkeypatch.setattr(records, "data_folder", lambda: NOWHERE / "tuilab")
    assert refused(capsys, "list") == "Nothing can be kept: there is no home folder; HOME is not set.\n"


@pytest.mark.parametrize(
    "command",
    [("export", "last", "--as", "csv"), ("export", "neuron", "--as", "program"), ("notes",), ("hand-in",)],
)
def test_a_file_that_is_there_is_replaced_by_force_alone(capsys, tmp_path, runs, command):
    to = tmp_path / "mine"
    to.write_text("years of work")
    sentence = f"{to} is there already; name another file, or add --force to replace it.\n"
    assert refused(capsys, *command, "--to", str(to)) == sentence and to.read_text() == "years of work"
    said(capsys, *command, "--to", str(to), "--force")
    assert to.read_text() != "years of work"
