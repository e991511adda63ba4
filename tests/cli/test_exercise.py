import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.exercises.conftest import EXERCISES, PATIENCE
from tuilab.cli.main import main
from tuilab.course.reader import lessons_folder
from tuilab.records.folders import data_folder, exercises_folder
from tuilab.records.progress import Progress

RIGHT = EXERCISES["window"].solution.read_text()
WRONG = RIGHT.replace("start + steps", "start * steps")
FILE = "07-milk/window.py"


def said(capsys, *command, status=0):
    assert main(["exercise", *command]) == status
    return capsys.readouterr().out


def refused(capsys, *command):
    assert main(["exercise", *command]) == 2
    return capsys.readouterr().err


def worked(name):
    progress = Progress(data_folder())
    progress.refresh()
    return progress.worked(f"07-milk/{name}")


def test_the_list_says_what_is_begun_and_solved(capsys):
    assert "07-milk/window not begun One window" in " ".join(said(capsys, "list").split())
    said(capsys, "start", "window")
    Progress(data_folder()).exercised("07-milk/load", "solved")
    assert "07-milk/window begun One window" in " ".join(said(capsys).split())
    found = {each["exercise"]: each for each in json.loads(said(capsys, "list", "--json"))}
    assert (found["07-milk/load"]["state"], found["07-milk/window"]["state"]) == ("solved", "begun")
    assert found["07-milk/window"]["file"] == str(exercises_folder() / FILE)


def test_start_prints_the_path_and_leaves_alone_what_is_there(capsys):
    path = Path(said(capsys, "start", "7/window").rstrip("\n"))
    assert path == exercises_folder() / FILE and "raise NotImplementedError" in path.read_text()
    path.write_text("mine")
    assert said(capsys, "start", "window") == f"{path}\n" and path.read_text() == "mine"


def test_a_check_says_the_verdict_has_a_status_and_is_noted(capsys):
    path = Path(said(capsys, "start", "window").strip())
    assert "is not written yet" in said(capsys, "check", "window", status=1)
    path.write_text(WRONG)
    assert "`*` stands for `+`" in said(capsys, "check", status=1) and not worked("window").solved
    path.write_text(RIGHT)
    assert said(capsys, "check") == "window: Right.\n" and worked("window").solved
    found = json.loads(said(capsys, "check", "--json"))
    assert (found["exercise"], found["kind"], found["sentences"]) == ("07-milk/window", "right", [])


def test_without_a_name_the_file_saved_last_is_checked(capsys):
    for place, name in enumerate(("load", "scale", "window")):
        os.utime(said(capsys, "start", name).strip(), (place, 100 - place * 10))
    assert said(capsys, "check", status=1).startswith("load: ")


def test_hints_come_one_by_one_and_are_noted(capsys):
    assert said(capsys, "hint", "window").splitlines() == [
        "1  Where does a window end that begins at 7 and has 3 values?"
    ]
    assert len(said(capsys, "hint", "window").splitlines()) == 2
    for _ in range(2):
        assert "There are no more; tuilab exercise solution window shows a solution." in said(capsys, "hint", "window")
    assert worked("window").hints == 3


def test_the_solution_is_noted(capsys):
    assert said(capsys, "solution", "window") == RIGHT and worked("window").solution


def test_a_reset_keeps_what_was_written(capsys):
    path = Path(said(capsys, "start", "window").strip())
    path.write_text("mine")
    said(capsys, "reset", "window")
    (kept,) = (path.parent / "before").iterdir()
    assert kept.read_text() == "mine" and "raise NotImplementedError" in path.read_text()


def test_what_is_not_there_is_refused(capsys):
    assert refused(capsys, "start", "nix").startswith("There is no exercise 'nix'. There are: 07-milk/load, ")
    assert refused(capsys, "check", "window").startswith("There is no file of it yet; tuilab exercise start window")
    assert refused(capsys, "check").startswith("No exercise is begun yet")


def test_restricted_it_is_refused():
    command = (sys.executable, "-P", "-m", "tuilab", "--restricted", "exercise", "check")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr == "tuilab exercise is not there in restricted mode.\n"


def test_watching_it_is_checked_again_on_each_save(capsys):
    path = Path(said(capsys, "start", "window").strip())
    command = (sys.executable, "-P", "-m", "tuilab", "exercise", "check", "window", "--watch", "--json")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watching:
        try:
            assert json.loads(watching.stdout.readline())["kind"] == "wrong"
            beside = path.with_suffix(".swp")
            beside.write_text(WRONG)
            beside.replace(path)  # as some editors save
            assert json.loads(watching.stdout.readline())["kind"] == "slip"
            path.write_text(RIGHT)  # and others
            while json.loads(watching.stdout.readline())["kind"] != "right":
                pass
        finally:
            watching.send_signal(signal.SIGINT)
            try:
                assert watching.wait(PATIENCE) == 130
            finally:
                watching.kill()  # where SIGINT is ignored, as it is for what a shell runs beside it


def test_exercises_of_lessons_from_elsewhere_are_only_run_where_they_are_trusted(capsys, tmp_path):
    lessons = tmp_path / "lessons"
    shutil.copytree(lessons_folder() / "01-recurrent-neuron", lessons / "01-recurrent-neuron")
    folder = lessons / "01-recurrent-neuron" / "exercises" / "01-sum"
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text('title = "Sum"\ntask = "Add."\nhints = ["What?", "There.", "a + b"]\n')
    mark = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    for name in ("starter.py", "solution.py", "check.py"):
        (folder / name).write_text(mark)
    main(["check", str(lessons)])
    out = capsys.readouterr().out
    assert "1 exercises were read and not run: they are code; --trust runs them" in out
    assert not (tmp_path / "ran").exists()
