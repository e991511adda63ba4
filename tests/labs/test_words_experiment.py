"""The words lab: what it counts, what it learns, what it refuses."""

from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len

from tuilab.labs.run import Diverged
from tuilab.labs.spelling import SpellingError, parse
from tuilab.labs.words import reading
from tuilab.labs.words.experiment import Training, answer
from tuilab.labs.words.looking import Looking
from tuilab.labs.words.plain import told
from tuilab.labs.words.reading import read
from tuilab.labs.words.spec import Watch, Watched, Words
from tuilab.labs.words.table import watched_table


def _trained(spelled: str) -> Training:
    training = Training(parse(spelled))
    while training.step < training.total:
        training.advance()
    return training


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A corpus that a test fills."""
    sentences: list[list[str]] = []

    class Corpus:
        def sentences(self):
            return iter(sentences)

        def stamp(self):
            return (len(sentences),)

        def judges(self):
            from tuilab.corpora.corpus import Judges

            return Judges([], [])

    monkeypatch.setattr("tuilab.labs.words.reading.open_corpus", lambda *_: Corpus())
    reading._read.cache_clear()
    yield sentences
    reading._read.cache_clear()


def test_the_plan_counts_the_text() -> None:
    plan = answer(Words())
    vocabulary, stretches, _ = read("language", 5)
    assert plan.words == len(vocabulary) and plan.text == vocabulary.total
    assert plan.parameters == 2 * plan.words * 150
    assert plan.steps == 5 * stretches.count == Training(Words()).total
    assert plan.commonest[0] == (vocabulary.words[0], vocabulary.counts[0])
    assert 0.4 * plan.text < plan.after_subsampling < plan.text
    assert answer(Words(sample=0)).after_subsampling == plan.text


@pytest.mark.parametrize("model", ["skipgram", "cbow"])
def test_the_planted_analogies_come_out(model: str) -> None:
    training = _trained(f"words model={model}")
    view = training.view()
    assert view.read == 5 * view.text
    assert {each.name for each in view.relations} == {
        "male-female", "verb tense", "country-capital", "singular-plural",
    }  # fmt: skip
    assert all(each.right >= 0.9 * each.asked for each in view.relations)
    assert view.judged[0].analogies < 0.5
    assert view.judged[-1].analogies >= 0.9
    assert view.judged[-1].similarity > 0.6
    assert len(view.judged) == 40 and view.judged[-1].step == training.total
    near = {each.word: [word for word, _ in each.neighbours] for each in view.watched}
    assert len(near) == 6 and all(len(words) == 8 for words in near.values())


def test_what_is_watched_can_be_chosen_and_may_be_unknown() -> None:
    view = Training(Words(watch="king, xyzzy")).view()
    assert [each.word for each in view.watched] == ["king", "xyzzy"]
    assert len(view.watched[0].neighbours) == 8 and view.watched[1].neighbours == []
    assert [each.why for each in view.watched] == ["", "is not among the words of this text"]


def test_a_word_that_is_too_rare_to_be_looked_at_is_not_called_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    training = Training(Words(watch=f"the,{read('language', 5).vocabulary.words[400]}"))
    monkeypatch.setattr("tuilab.labs.words.looking.MOST_WORDS", 400)
    assert [each.why for each in training.view().watched] == ["", "is not among the 400 commonest words"]


def test_a_kept_moment_shows_what_was_then() -> None:
    training = Training(Words(dimensions=20, epochs=1))
    for _ in range(8):
        training.advance()
    weights = {name: array.copy() for name, array in training.state().items() if name.startswith("parameter.")}
    then = training.view()
    training.advance()
    past = Training(training.spec)
    past.step = 8
    past.put_weights(weights)
    assert past.answer(Watch(at=8)).watched == then.watched
    (judged,) = past.answer(Watch()).judged
    assert judged.step == 8 and judged.analogies is not None and judged.similarity is not None
    assert sum(each.asked for each in past.answer(Watch()).relations) > 1000
    with pytest.raises(ValueError, match=r"watch: at=3 is not there: .* this one is at step 8"):
        past.answer(Watch(at=3))


def test_what_is_told_without_a_screen() -> None:
    lines = told(_trained("words dimensions=20 epochs=1 seeds=2 watch=king,xyzzy").view()).splitlines()
    assert lines[0].startswith("king: ") and lines[0].endswith(")")
    assert lines[1] == "xyzzy is not among the words of this text"
    assert lines[2].startswith("male-female: ") and "of 342 analogies right" in lines[2]
    assert lines[-2].startswith("rank correlation with known similarities: 0.")
    assert lines[-1].startswith("two of the trainings share ")


def test_trainings_with_other_seeds_agree_on_some_neighbours() -> None:
    three, alone = _trained("words dimensions=20 epochs=2 seeds=3"), _trained("words dimensions=20 epochs=2 seed=2")
    view = three.view()
    second = {each.word: {name for name, _ in each.neighbours} for each in alone.view().watched}
    for each in view.watched:
        assert len(each.agreed) == 8 and all(1 <= count <= 3 for count in each.agreed)
        for (name, _), count in zip(each.neighbours, each.agreed, strict=True):
            assert count >= 1 + (name in second[each.word])
    assert 0.2 < view.stability < 1
    assert alone.view().stability is None
    assert np.array_equal(three.trainers[1].vectors, alone.trainers[0].vectors)


def test_a_file_that_was_edited_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "essay.txt"
    path.write_text("one two " * 10)
    assert answer(Words(corpus=str(path))).words == 2
    assert read(str(path), 5) is read(str(path), 5)
    path.write_text("one two three " * 10)
    assert answer(Words(corpus=str(path))).words == 3
    path.unlink()
    with pytest.raises(ValueError, match="There is no corpus"):
        answer(Words(corpus=str(path)))


def test_a_text_that_has_changed_is_told(text: list[list[str]]) -> None:
    text += [["a", "b"]] * 10
    kept = Training(Words(dimensions=4)).state()
    text += [["c", "d"]] * 10
    with pytest.raises(ValueError, match="The text has changed"):
        Training(Words(dimensions=4)).restore(1, kept)


@pytest.mark.parametrize(
    ("sentences", "told"),
    [([], "there is none"), ([["rare", "words"]], "there is none"), ([["again"] * 100], "only one, 'again'")],
)
def test_a_text_without_words_is_refused(text: list[list[str]], sentences: list, told: str) -> None:
    text += sentences
    with pytest.raises(ValueError, match=told):
        Training(Words())
    with pytest.raises(ValueError, match="min_count=5"):
        answer(Words())


def test_two_words_are_enough(text: list[list[str]]) -> None:
    text += [["yes", "no", "yes"]] * 200
    training = Training(Words(dimensions=3, sample=0))
    for _ in range(training.total):
        training.advance()
    view = training.view()
    assert view.judged[-1].analogies is None and view.judged[-1].similarity is None
    assert view.relations == []
    assert [each.word for each in view.watched] == ["yes"]


def test_numbers_that_ran_away_end_the_training_with_a_sentence() -> None:
    training = Training(Words(dimensions=4))
    training.trainers[0].vectors.fill_(np.nan)
    with pytest.raises(Diverged, match="learning rate"):
        training.advance()
    assert training.step == 0
    assert {(len(each.neighbours), each.why) for each in training.view().watched} == {(0, "has no direction")}


@pytest.mark.parametrize(
    ("spelled", "told"),
    [
        ("words watch=a,b,c,d,e,f,g,h,i", "at most 8"),
        ("words dimensions=1", "from 2 to 500"),
        ("words model=glove", "one of skipgram, cbow"),
        ("words corpus=", "language, pydoc, text8"),
    ],
)
def test_settings_out_of_range_are_refused(spelled: str, told: str) -> None:
    with pytest.raises(SpellingError, match=told):
        parse(spelled)


def test_a_corpus_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing-here"):
        Training(Words(corpus=str(tmp_path / "nothing-here")))


def test_a_text_in_latin_1_is_read_when_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(("der dörfliche bäcker backt süßes\n" * 20).encode("latin-1"))
    with pytest.raises(ValueError, match="encoding=latin-1"):
        answer(Words(corpus=str(path)))
    plan = answer(Words(corpus=str(path), encoding="latin-1"))
    assert [word for word, _ in plan.commonest] == ["backt", "bäcker", "der", "dörfliche", "süßes"]


def test_of_a_large_vocabulary_only_some_questions_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    vocabulary, _, judges = read("language", 5)
    there = {each.relation: len(each.questions) for each in judges.analogies}
    assert {name: len(asked) for name, asked in Looking(vocabulary, judges).questions} == there
    monkeypatch.setattr("tuilab.labs.words.looking.MOST_COSINES", 100 * len(vocabulary))
    some = {name: len(asked) for name, asked in Looking(vocabulary, judges).questions}
    assert some.keys() == there.keys() and 50 < sum(some.values()) <= 100 and min(some.values()) > 10


def test_lines_of_watched_words_stand_below_each_other_and_inside_the_width() -> None:
    near = [("好き", 0.5), ("dog", -0.25), ("cat", 1.0)]
    watched = [
        Watched("猫が", near),
        Watched("a", near, [2, 1, 2]),
        Watched("tab\t", [], why="is not among the words of this text"),
    ]
    first, second, unknown = watched_table(watched, 30).split("\n")
    assert first == "猫が  好き .50  dog -.25" and second == "a     好き .50 (2)"
    assert unknown == "tab?  is not among the words o"
    for width in range(8, 60):
        assert all(cell_len(line) <= width for line in watched_table(watched, width).split("\n"))
