"""The course as a list."""

import numpy as np

from tuilab.records.folders import runs_folder
from tuilab.records.runs import Kept


def keep(spelled: str) -> None:
    """Keep a run that was left after a step."""
    kept = Kept.begin(runs_folder(), spelled)
    kept.save(1, {"w": np.zeros(1, np.float32)})
    kept.close()


def test_everything_is_listed(talk) -> None:
    said = talk()
    for line in ("  1. Sequences and the recurrent neuron: ", "  2. A recurrent layer by hand: ", "  neuron: one "):
        assert line in said
    assert "goes on" not in said


def test_a_number_opens_a_lesson_and_q_comes_back(talk) -> None:
    said = talk("2", "n", "q", "list", "g", "q", "q", "never read")
    assert "Lesson 2: A recurrent layer by hand\n" in said and "Back at the lessons and labs" in said
    assert "16 pages, 2 seen." in said and "g goes on with lesson 2, page 2 of 16." in said
    assert said.count("Page 2 of 16") == 2 and "never" not in said


def test_after_a_last_page_the_next_lesson_comes(talk) -> None:
    said = talk("1", "13", "q", "list", "g")
    assert "g goes on with lesson 2, page 1 of 16." in said and "Page 1 of 16" in said


def test_a_name_or_a_spelling_opens_a_lab(talk) -> None:
    said = talk("neuron", "q", "forecast cell=gru", "q", "open unroll seed=5")
    for lab in ("neuron", "forecast cell=gru", "unroll seed=5"):
        assert f"Lab: {lab}\n" in said


def test_wrong_input_gets_one_sentence(talk) -> None:
    said = talk("77", "frog", "forecast cell=cnn", "generate", "g", "open")
    for sentence in (
        "There is no lesson 77. There are: 1, 2, 3, 4, 5, 6, 7, 8, 9.",
        "There is no command 'frog' here",
        "forecast: cell=cnn is not allowed: cell is one of rnn, lstm, gru.",
        "generate is no lab but a question",
        "There is nothing to go on with yet",
        "No experiment was named.",
    ):
        assert sentence in said.replace("\n", " ")


def test_answers_are_counted(talk) -> None:
    talk("page 10", "a", lesson=1)
    assert "0 of 7 answers right" in talk().replace("\n     ", " ")


def test_a_lesson_with_a_mistake_is_told_of(talk, tmp_path, monkeypatch) -> None:
    for name, body in (("01-good", "## One\n\nText.\n"), ("02-bad", "## One\n\n```lab\nopen = 1\n```\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lesson.md").write_text(f"---\ntitle: T\nsummary: S\nminutes: 5\n---\n\n{body}")
    (tmp_path / "03-broken").mkdir()
    monkeypatch.setattr("tuilab.plain.launch.lessons_folder", lambda: tmp_path)
    said = talk("1", "q", "2").replace("\n", " ")
    assert "This lesson has a mistake and is left out: 03-broken" in said
    assert "This lesson has a mistake. 02-bad/lesson.md, line" in said


def test_a_record_that_cannot_be_written_is_told_of(talk, home) -> None:
    (home / "data").write_text("not a folder")
    assert "Progress cannot be saved in" in talk(lesson=1)


def test_what_cannot_be_gone_on_with_is_said_once_and_the_one_before_it_is_offered(talk) -> None:
    keep("forecast steps=77")
    keep("forecast frog=2")
    said = talk("t", "list", "t", "list", "t").replace("\n", " ")
    assert said.count("That run cannot be gone on with. forecast: there is no field") == 1
    assert said.index("t trains on forecast frog=2") < said.index("t trains on forecast steps=77 from step 1.")
    assert "What was saved is of another network" in said
    assert said.endswith("No training was left that could be gone on with. ")
