"""An exercise that is put together of others: whose pieces it imports, and what is shown of one that is right."""

from pathlib import Path

import pytest

from tuilab.course.exercises import read_exercises
from tuilab.exercises.jobs import job_for
from tuilab.exercises.verdict import Verdict

ADD, TIMES, BOTH = "one", "two", "three"
CHECK = "def probe_it({0}):\n    '''{0}(3)'''\n    return {0}(3)\n"
SHOW = CHECK + "def show({0}):\n    '''{0}(10)'''\n    yield f'of ten:  {{{0}(10)}}'\n    yield 'a\\x1b[2Jb'\n"
TOGETHER = "from one import one\nfrom two import two\ndef three(x):\n    return one(x) + two(x)\n"


@pytest.fixture
def exercises(tmp_path):
    """`three` is put together of `one` and `two`, which add one and double."""
    folder = tmp_path / "lessons" / "09-three" / "exercises"
    for number, (name, solution, check, more) in enumerate(
        [
            (ADD, "def one(x):\n    return x + 1\n", CHECK, ""),
            (TIMES, "def two(x):\n    return 2 * x\n", CHECK, ""),
            (BOTH, TOGETHER, SHOW, 'pieces = ["one", "two"]\n'),
        ],
        start=1,
    ):
        place = folder / f"{number:02}-{name}"
        place.mkdir(parents=True)
        place.joinpath("exercise.toml").write_text(f'title = "A"\ntask = "b"\nhints = ["c", "d", "e"]\n{more}')
        place.joinpath("solution.py").write_text(solution)
        place.joinpath("starter.py").write_text(f"def {name}(x):\n    raise NotImplementedError\n")
        place.joinpath("check.py").write_text(check.format(name))
    found, mistakes = read_exercises(tmp_path / "lessons")
    assert not mistakes
    return {each.name: each for each in found}


@pytest.fixture
def judged(checker, exercises, tmp_path):
    """Check `three`, with what the learner has beside it."""

    def judged(code: str = TOGETHER, **pieces: str) -> Verdict:
        mine = tmp_path / "mine"
        mine.mkdir(exist_ok=True)
        for name, text in {"three": code, **pieces}.items():
            (mine / f"{name}.py").write_text(text)
        return checker.check(job_for(exercises["three"], mine / "three.py"))

    return judged


MINE = "def one(x):\n    print('mine')\n    return 1 + x\n"


def test_pieces_that_are_right_are_the_learners(judged):
    verdict = judged(one=MINE, two="def two(x):\n    return x + x\n")
    assert verdict.shown[:2] == ("All its pieces are yours.", "of ten:  31") and "mine" in verdict.printed


def test_where_one_is_not_there_or_wrong_ours_stands_in_and_it_is_said(judged):
    assert judged().shown[0] == "Not there or not right yet, so ours stand in: one, two."
    verdict = judged(one=MINE, two="def two(x):\n    return x ** 2\n")
    assert verdict.is_right and verdict.shown[0] == "Not there or not right yet, so ours stand in: two."
    broken = judged(one="def one(:", two="raise SystemExit")
    assert broken.is_right and broken.shown[0].endswith("ours stand in: one, two.")


def test_what_is_right_is_told_by_ours_alone(judged):
    """A piece that is right where it is probed and nowhere else makes a wrong whole, not another truth."""
    odd = "def one(x):\n    import sys\n    return x + 1 if sys._getframe(1).f_code.co_name == 'probe_it' else x\n"
    assert judged(one=odd).kind == "wrong"


def test_what_is_shown_steers_no_terminal_and_keeps_its_spaces(judged):
    assert judged().shown[1:] == ("of ten:  31", "a?[2Jb")
    assert judged("def three(x):\n    return 0\n").shown == ()


def test_code_that_fails_where_it_is_shown_is_told_with_its_line(judged):
    verdict = judged(TOGETHER.replace("    return", "    assert x < 9\n    return"))
    assert verdict.kind == "failed" and verdict.line == 4
    assert verdict.sentences == ("three(10): AssertionError in line 4, `    assert x < 9`.".replace("`    ", "`"),)


def test_a_piece_that_loops_is_named_with_its_line(judged):
    verdict = judged(one=MINE, two="def two(x):\n    while True: pass\n")
    assert verdict.kind == "stopped" and (verdict.line, verdict.code) == (0, "")
    assert verdict.sentences[0].endswith("; it was in line 2 of two.py, `while True: pass`.")


def test_the_learners_pieces_are_found_beside_their_file_and_go_with_it(exercises, tmp_path):
    assert job_for(exercises["three"], tmp_path / "three.py").files == ()
    (tmp_path / "two.py").write_text("")
    job = job_for(exercises["three"], tmp_path / "three.py")
    assert [Path(each).name for each in job.files] == ["two.py"]
    assert [Path(each).name for each in job.pieces] == ["01-one", "02-two"]
    assert job_for(exercises["two"], tmp_path / "two.py").pieces == ()


@pytest.mark.parametrize(
    ("pieces", "there"), [('["two"]', "one"), ('["three"]', "one"), ('["x"]', "one"), ("[1]", "one")]
)
def test_a_piece_that_is_no_earlier_exercise_is_told(exercises, tmp_path, pieces, there):
    file = exercises["two"].folder / "exercise.toml"
    file.write_text(file.read_text() + f"pieces = {pieces}\n")
    told = str(read_exercises(tmp_path / "lessons")[1][0])
    assert told.startswith("09-three/exercises/02-two/exercise.toml, line 4: pieces has ")
    assert told.endswith(f"; exercises before this one are: {there}.")
