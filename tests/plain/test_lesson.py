"""A lesson, gone through by typed lines."""

import importlib
import shutil
import sys

import pytest

from tests.support.runs import made
from tests.ui.test_exercise import TEXT
from tuilab.course.lesson import LabBlock
from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.labs import spelling
from tuilab.records.folders import runs_folder

LESSONS = read_lessons(lessons_folder())[0]


def test_a_whole_lesson(talk) -> None:
    said = talk(*["n"] * 12, "b", "n", "1.5", "0.28", "n", "n", "ad", "q", lesson=2)
    for number in range(1, 17):
        assert f"\nPage {number} of 16: " in said
    assert "Page 3 of 16: Words as numbers\n" in said
    assert "Lab: unroll data=words\n" in said
    assert "  b) (5, 2, 8)\n" in said and "Right: (5, 2, 8). Time steps first" in said
    assert talk.progress.pages("02-layer-by-hand") == set(range(1, 17))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_page_is_plain(lesson, talk) -> None:
    said = talk(*map(str, ["page 1", *(f"page {n}" for n in range(2, lesson.page_count + 1))]), lesson=lesson.number)
    for leftover in ("**", "`", "\\", "](", "|---", "$", "\n#", "_{", "\r", "\x1b"):
        assert leftover not in said
    assert all(len(line) <= 78 for line in said.splitlines())
    assert said.count("Page ") >= lesson.page_count


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_page_has_words_for_everything_in_ascii(lesson, talk) -> None:
    pages = [f"page {n}" for n in range(1, lesson.page_count + 1)]
    talk(*pages, lesson=lesson.number)  # both that follow begin at the last page
    plain, said = talk(*pages, lesson=lesson.number), talk(*pages, lesson=lesson.number, ascii=True)
    assert said.isascii() and not plain.isascii()
    assert said.count("?") == plain.count("?")  # no letter became a question mark


def test_a_wrong_answer_says_why_and_may_be_answered_again(talk) -> None:
    said = talk("page 10", "a", lesson=1)
    assert "Not right. It would if w_y were 0." in said and "You can answer again." in said
    assert talk.progress.answers() == {"01-recurrent-neuron/counter": False}
    said = talk("B", "c", lesson=1).replace("\n", " ")
    assert (
        "Your last answer was not right yet." in said and "Right: how many steps have gone by: it ends with 6." in said
    )
    assert talk.progress.answers() == {"01-recurrent-neuron/counter": True}  # a right answer stays right


def test_a_number_answers_where_a_number_is_asked(talk) -> None:
    said = talk("page 11", "4,25", "answer 3", "answer three", "page 2", lesson=1)
    assert "Right: it is 4.25." in said
    assert "Not right. 3 is not it. It is what comes out where" in said and "'three' is not a number" in said
    assert "Page 2 of 13" in said


def test_several_are_answered_by_their_letters(talk) -> None:
    said = talk("page 13", "ab", "b", "answer bx", "d, b", lesson=1)
    assert "Several may be right: type their letters, such as ad." in said
    assert "Not right. w_x = 1, w_y = 0, b = 1: without memory it says x + 1" in said
    assert "What you took is right; 1 is missing." in said and "type each that is right once" in said
    assert "Right: w_x = 1, w_y = 1, b = 0 and w_x = 0, w_y = 2, b = 1." in said
    assert talk.progress.answers() == {"01-recurrent-neuron/grows": True}


def test_a_prediction_is_told_beside_what_happened(talk) -> None:
    said = talk("page 6", "-0.5", "0.27", "page 6", lesson=2)
    assert "First predict: at t=0, what is sum[0,1]?" in said and "You said -0.5, the lab shows 0.3555." in said
    assert "You said 0.27, the lab shows 0.3555. It is what comes out where the bias" in said
    assert "Not right" not in said and talk.progress.answers() == {}
    assert talk.progress.prediction("02-layer-by-hand/first-sum").given == "0.27"
    said = talk("page 13", "a", "b", lesson=5).replace("\n", " ")
    assert "a) LSTM, 10 units" in said and "Type a letter from a to b to answer." in said
    assert "You said LSTM, 10 units. It is 553 for GRU, 12 units; 531 for LSTM, 10 units." in said
    assert talk.progress.prediction("05-lstm-gru/larger").right


def test_after_a_prediction_the_lab_stands_at_what_was_asked_and_undo_goes_back(talk) -> None:
    said = talk("page 5", "set w_x=2", "3", "why", "3", "undo", lesson=1)
    after = said[said.index("You said 3, the lab shows 2.125.") :]
    assert after.index("Lab: neuron\n") < after.index("why y t=2 writes out")
    assert after.index("undo goes back") < after.index("The lab stands at: neuron w_x=2")
    assert after.count("Lab: neuron") == 1


def test_hints_come_one_by_one_and_are_remembered(talk) -> None:
    said = talk("page 11", "hint", "page 4", "h", lesson=1)
    assert "hint gives a hint." in said and "Hint 1 of 3: What does the neuron say" in said and "Hint 2" not in said
    assert "There is no question on this page." in said
    said = talk("page 11", "h", "hint", "h", "page 10", "h", lesson=1)
    assert said.count("Hint 2 of 3") == 3 and said.count("Hint 3 of 3: 3 + 0.5·(2 + 0.5·1)") == 2
    assert "Hint 1 of 3: What reaches the sum" in said
    assert talk.progress.hints("01-recurrent-neuron/half-memory") == 3


def test_an_order_is_answered_by_letters(talk) -> None:
    said = talk("page 24", "abcd", "ceabd", "answer aabcd", "cea db", lesson=5)
    assert "Type all letters from a to e in their order" in said
    assert "type each of these letters once, in their order" in said and said.count("Not right") == 1
    assert (
        "Not right. LSTM with full peepholes does not belong at place 4." in said
        and "Right: 141, 401, 531, 561, 831." in said
    )
    assert talk.progress.answers() == {"05-lstm-gru/sizes": True}


def test_it_goes_on_where_it_was_left(talk) -> None:
    talk("4", lesson=2)
    assert "Page 4 of 16" in talk(lesson=2)


def test_without_a_question_there_is_nothing_to_answer(talk) -> None:
    assert "There is no question on this page." in talk("2", "answer 2", lesson=2)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("frobnicate", "There is no command 'frobnicate' here; ? tells what can be typed."),
        ("", "There is nothing on this line"),
        ("p", "This is the first page"),
        ("99", "There is no page 99; the pages are 1 to 16."),
        ("page x", "There is no page x"),
        ("lab", "This page has no lab."),
        ("train", "This page has no lab."),
        ("\x1b[31m", "There is no command"),
    ],
)
def test_wrong_input_gets_one_sentence(typed: str, sentence: str, talk) -> None:
    before = talk(lesson=2)
    said = talk(typed, lesson=2)
    assert sentence in said and len(said.splitlines()) <= len(before.splitlines()) + 2


def test_a_choice_that_is_not_there(talk) -> None:
    said = talk("page 10", "answer z", "answer 2", "n", "n", "n", "n", lesson=1)
    assert said.count("The choices go from a to c") == 2
    assert "This is the last page" in said


def test_the_lab_stays_while_pages_ask_for_the_same(talk) -> None:
    said = talk("page 7", "set steps=7 length=4 batch=2 hidden=3", "train", "n", "p", "n", "g", "page 11", lesson=6)
    assert said.count("trained 7 of 7 steps") == 5  # what train prints, and the three pages that keep it, and page 11
    assert "went on for 100 of its own" in said


def test_pages_and_help_are_listed(talk) -> None:
    said = talk("2", "pages", "?", lesson=2)
    assert "1. What you will be able to do (seen)\n" in said and "2. A batch, time step by time step (here)" in said
    for command in ("n: the next page.", "q: leave.", "why Y[0,1] t=1: ", "set seed=2: "):
        assert command in said
    assert "tab is lab, space is train" in said


def test_numbers_of_experiments_are_filled_in(talk, tmp_path, monkeypatch) -> None:
    (tmp_path / "01-live").mkdir()
    text = "---\ntitle: T\nsummary: S\nminutes: 1\n---\n## P\nIt says 9.25<!-- lab: neuron w_x=1 | rows[0].y -->.\n"
    (tmp_path / "01-live" / "lesson.md").write_text(text)
    monkeypatch.setattr("tuilab.plain.launch.lessons_folder", lambda: tmp_path)
    importlib.import_module("torch")  # as a lab that was asked does
    assert "It says 1.00.\n" in talk(lesson=1)
    monkeypatch.delitem(sys.modules, "torch")
    assert "It says 9.25.\n" in talk(lesson=1)  # reading alone loads nothing


def test_what_was_trained_is_there_on_the_next_page_though_it_looks_elsewhere(talk) -> None:
    said = talk("page 8", "train 3", "n", "lab", lesson=1).replace("\n", " ")
    after = said[said.index("Page 9 of 13") :]
    assert "trained 3 of 1,000 steps" in after


def test_an_exercise_is_said_with_the_commands_that_begin_and_check_it(talk, tmp_path, monkeypatch) -> None:
    milk = tmp_path / "lessons" / "07-milk"
    shutil.copytree(lessons_folder() / "07-milk", milk)
    (milk / "lesson.md").write_text(TEXT)
    monkeypatch.setattr("tuilab.plain.launch.lessons_folder", lambda: tmp_path / "lessons")
    said = " ".join(talk("n", "q", lesson=7).split())
    assert "Exercise: One window, and the same one step on The network" in said
    assert "tuilab exercise check window" in said
    assert "07-milk/exercises, line 1: There is no exercise 'nothing'." in said
    talk.progress.exercised("07-milk/window", "solved")
    assert "Exercise, solved: One window" in talk("1", "q", lesson=7)
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    assert "are not there in restricted mode." in talk("1", "q", lesson=7)


def forecasting():
    """A lesson, a page of it whose lab forecasts, and how that lab is spelled."""
    return next(
        (lesson, number, block.spelling)
        for lesson in LESSONS
        for number, page in enumerate(lesson.pages(), 1)
        for block in page.segments
        if isinstance(block, LabBlock) and spelling.parse(block.spelling).kind == "forecast"
    )


def test_a_training_that_was_left_is_told_on_a_page_that_was_seen(talk) -> None:
    lesson, page, spelled = forecasting()
    name = made(runs_folder(), spelled, steps=53, finished=None).name
    assert name not in talk(f"page {page}", lesson=lesson.number)
    said = talk("q", lesson=lesson.number)
    assert f"A training of it was left at step 53; at home, run {name} on goes on with it." in " ".join(said.split())


@pytest.mark.parametrize("end", ["done", "stopped"])
def test_a_training_that_ended_is_told_on_a_page_that_was_seen(talk, end) -> None:
    lesson, page, spelled = forecasting()
    made(runs_folder(), spelled, steps=10, finished=None)
    name = made(runs_folder(), spelled, steps=53, finished=end).name
    assert name not in talk(f"page {page}", lesson=lesson.number)
    said = talk("q", lesson=lesson.number)
    assert f"A training of it is {end}, at step 53; at home, run {name} tells of it." in " ".join(said.split())
