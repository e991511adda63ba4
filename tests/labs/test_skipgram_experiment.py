"""The skipgram lab: one update against the engine, its arithmetic as it is written out, and what it cannot take."""

import itertools
import math
import re

import pytest

from tests.labs.refusals import refusal
from tuilab.labs.skipgram.arithmetic import explain
from tuilab.labs.skipgram.blocks import bands
from tuilab.labs.skipgram.experiment import answer
from tuilab.labs.skipgram.plain import why
from tuilab.labs.skipgram.spec import VIEWS, SkipgramTrace
from tuilab.labs.spelling import parse, spell
from tuilab.widgets.blocks import Cell

FORMS = [
    "",
    "loss=nce",
    "model=cbow",
    "model=cbow loss=nce dimensions=8 negatives=10",
    "model=cbow context=dog,sun,dog target=car noise=sun,sun,dog",
    "noise=bone,book,bone",
    "noise=bone,book,bone loss=nce",
    "updates=30 lr=0.1 seed=3",
]


def trace(text: str) -> SkipgramTrace:
    return answer(parse(f"skipgram {text}"))


def test_the_course_tells_bone_from_book_car_house_sun_and_guitar() -> None:
    found = trace("")
    assert found.given == ["dog"] and found.draws[0].word == "bone"
    assert {draw.word for draw in found.draws[1:]} == {"book", "car", "house", "sun", "guitar"}
    cbow = trace("model=cbow")
    assert cbow.given == ["the", "dog", "chews", "the"] and cbow.draws[0].word == "bone"
    assert [draw.word for draw in trace("noise=book,car,house,sun,guitar").draws] == [
        "bone", "book", "car", "house", "sun", "guitar",
    ]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_gradients_are_autograds_and_the_vectors_follow_them(form: str) -> None:
    found = trace(form)
    assert found.difference < 1e-14
    for before, gradient, after in ((found.v, found.dv, found.v_after), (found.u, found.du, found.u_after)):
        for rows in zip(before, gradient, after, strict=True):
            assert [x - found.lr * d for x, d in zip(*rows[:2], strict=True)] == pytest.approx(rows[2], abs=1e-15)


@pytest.mark.parametrize("form", FORMS)
def test_both_losses_stand_side_by_side_on_the_same_draws(form: str) -> None:
    found = trace(form)
    nce, negative = found.draws, found.other
    if found.criterion == "negative":
        nce, negative = negative, nce
    k = len(nce) - 1
    for one, other in zip(nce, negative, strict=True):
        assert (one.word, one.score) == (other.word, other.score)
        assert one.off == pytest.approx(math.log(k * one.probability)) and other.off == 0
        assert one.logit == pytest.approx(one.score - one.off) and one.sigma == pytest.approx(
            1 / (1 + math.exp(-one.logit))
        )
        assert one.counted and other.counted == (other.label == 1 or other.word != nce[0].word)
    assert found.loss == pytest.approx(sum(draw.loss for draw in found.draws))


def test_noise_is_drawn_with_the_counts_to_the_power_of_three_quarters() -> None:
    shares = {share.word: share.probability for share in trace("words=the:81,dog:16,bone:1").vocabulary}
    assert shares == pytest.approx({"the": 27 / 36, "dog": 8 / 36, "bone": 1 / 36})
    drawn = [
        d.word for seed in range(150) for d in trace(f"words=the:81,dog:16,bone:1 negatives=10 seed={seed}").draws[1:]
    ]
    assert abs(drawn.count("the") / len(drawn) - 0.75) < 0.04 and abs(drawn.count("dog") / len(drawn) - 0.22) < 0.04


def test_the_next_update_begins_where_this_one_ends() -> None:
    now, then = trace("noise=book,car updates=3"), trace("noise=book,car updates=4")
    assert then.v == now.v_after and then.u == now.u_after and then.loss < now.loss
    assert [trace(f"updates={n}").draws[1].word for n in range(6)] != [trace("").draws[1].word] * 6


def test_an_edit_holds_from_the_update_it_was_made_at() -> None:
    text = "noise=book,car set=v[2,1,0]:3.5,u[2,4,1]:-2"
    assert trace(f"{text} updates=1") == trace("noise=book,car updates=1")
    edited, plain = trace(f"{text} updates=2"), trace("noise=book,car updates=2")
    assert edited.v[0][0] == 3.5 and edited.v[0][1:] == plain.v[0][1:]
    assert edited.u[edited.u_words.index("book")][1] == -2
    assert trace(f"{text} updates=3").v == edited.v_after


def test_a_noise_word_drawn_twice_has_both_its_shares() -> None:
    found = trace("noise=book,car,book")
    twice = sum(draw.error for draw in found.draws if draw.word == "book")
    assert found.du[found.u_words.index("book")] == pytest.approx([twice * h for h in found.h])
    assert "book was drawn 2 times" in why(parse("skipgram"), found, "du[book,0]", None)


def test_a_noise_word_that_was_there_is_skipped_and_said_to_be() -> None:
    found = trace("noise=bone,book")
    assert not found.draws[1].counted and found.draws[1].loss == 0 and found.other[1].loss > 0
    assert "negative sampling skips it" in why(parse("skipgram"), found, "sigma[1]", None)
    assert trace("noise=bone,book").v_after != trace("noise=bone,book loss=nce").v_after


SECOND = re.compile(r"≈ ([−\d.e]+)")


@pytest.mark.parametrize(("form", "view", "width"), [*itertools.product(FORMS, VIEWS, (46, 78, 118))])
def test_every_number_is_written_out_with_what_it_came_from(form: str, view, width: int) -> None:
    found = trace(form)
    shown = bands(found, view, width)
    cells = {
        Cell(b.name, r, c): v
        for band in shown
        for b in band
        for r, row in enumerate(b.values)
        for c, v in enumerate(row)
    }
    for cell, value in cells.items():
        text, sources = explain(found, view, cell)
        assert text and set(sources) <= set(cells) | {Cell(cell.block[0], cell.row, cell.column)}
        said = [float(number.replace("−", "-")) for number in SECOND.findall(text)]
        assert (
            value is None or not said or any(math.isclose(number, value, rel_tol=6e-3, abs_tol=6e-5) for number in said)
        )
        if said and "×" in text.split("≈")[0] and value is not None and "/" not in text.split("≈")[0]:
            sum_of = text.split("≈")[0].split("=")[-1].replace("−", "-").replace("×", "*").replace("log", "math.log")
            assert eval(sum_of) == pytest.approx(said[0], rel=2e-2, abs=2e-3)  # the factors are rounded


def test_rows_stand_beside_each_other_where_there_is_room() -> None:
    found = trace("")
    assert [len(band) for band in bands(found, "forwards", 78)] == [1, 2]
    assert [len(band) for band in bands(found, "forwards", 46)] == [1, 1, 1]
    assert [len(band) for band in bands(found, "backwards", 118)] == [1, 3, 3]
    assert [len(band) for band in bands(found, "backwards", 78)] == [1, 2, 2]
    assert all(block.row_names for band in bands(found, "backwards", 46) for block in band)


def test_words_are_read_in_lower_case_and_names_keep_their_places() -> None:
    assert trace("words=The:3,Dog,BONE:2 noise=the").vocabulary[1].count == 1
    spec = parse("skipgram noise=book,car")
    assert spec.negatives == 2 and spell(spec) == "skipgram noise=book,car"
    assert spell(parse("skipgram noise=book,car negatives=2")) == "skipgram noise=book,car"


REFUSED = {
    "words=dog": "words has 1 of them; it takes 2 to 40, with commas between them.",
    "words=": "words: '' cannot be read; write a word and a count up to 999,999,999, like dog:20.",
    "words=dog:0,bone:1": "words: 'dog:0' cannot be read; write a word and a count up to 999,999,999, like dog:20.",
    "words=dog:x,bone:1": "words: 'dog:x' cannot be read; write a word and a count up to 999,999,999, like dog:20.",
    "words=dog,bone,Dog": "words: 'dog' is there more than once; write each word once, with its count.",
    "words=a:1,b:2": "target: 'dog' is not among words. There are: a, b.",
    "target=cat": "target: 'cat' is not among words. There are: the, dog, chews, bone, book, car, house, sun, guitar.",
    "target=dog,sun": "target: 'dog,sun' is not among words. "
    "There are: the, dog, chews, bone, book, car, house, sun, guitar.",
    "context=sun,car": "context=sun,car are 2 words; skip-gram predicts one at a time, model=cbow takes more.",
    "noise=sun negatives=3": "negatives=3 does not go with noise=sun: 1 words.",
    "noise=sun,": "noise: '' is not among words. There are: the, dog, chews, bone, book, car, house, sun, guitar.",
    f"noise={'sun,' * 11}sun": "noise has 12 words; it takes at most 10.",
    f"model=cbow context={'sun,' * 20}sun": "context has 21 words; it takes at most 20.",
    "negatives=0": "negatives=0 is not allowed: negatives is a whole number from 1 to 10.",
    "set=w[0,0,0]:1": "set: there is no w to set. There are: v, u.",
    "set=v[0,9,0]:1": "set: v[0,9,0] is not a place of v; its places are [0 to 200, 0 to 8, 0 to 3].",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_in_one_sentence(text: str) -> None:
    assert refusal(f"skipgram {text}") == f"skipgram: {REFUSED[text]}"


def test_vectors_that_run_away_are_told_of() -> None:
    with pytest.raises(ValueError, match=r"with lr=2 the vectors leave ±1,000,000 at update 1; take a smaller lr."):
        trace("lr=2 updates=3 set=v[0,1,0]:1e6")


@pytest.mark.parametrize("seed", range(4))
def test_the_largest_learning_rate_gives_numbers_or_a_sentence(seed: int) -> None:
    for form in ("", "model=cbow", "loss=nce dimensions=2", "noise=bone,bone loss=nce"):
        try:
            found = trace(f"{form} lr=2 updates=200 seed={seed}")
        except ValueError as error:
            assert "take a smaller lr" in str(error)
        else:
            assert math.isfinite(found.loss) and found.difference < 1e-6


WHY = {
    "sigma[bone]": "σ(u·h) of bone = 1 / (1 + exp(",
    "draws[2].loss": "loss of ",
    "score[0]": "u·h of bone = ",
    "logit[bone]": "u·h of bone = ",
    "P[sun]": "P of sun = 30^0.75 / Σ count^0.75 = 12.819/113.726 ≈ 0.1127",
    "u[bone,1]": "u of bone, number 1 = ",
    "du[0][1]": "d loss / d u of bone, number 1 = error×h",
    "v_after[dog,0]": "v of dog after, number 0 = v − lr × gradient = ",
    "dh[3]": "d loss / d h, number 3 = Σ error×u = ",
}


@pytest.mark.parametrize("name", WHY)
def test_numbers_by_their_names(name: str) -> None:
    assert why(parse("skipgram"), trace(""), name, None).startswith(WHY[name])


@pytest.mark.parametrize(
    ("name", "sentence"),
    {
        "": "skipgram: There are P, probability,",
        "frog": "there is no number 'frog'",
        "sigma[cat]": "there is no row 'cat' here; the rows are bone, house,",
        "u[bone,4]": "there is no dimension '4'; they go from 0 to 3.",
        "off[bone]": "negative sampling takes nothing off the score; set loss=nce does.",
    }.items(),
)
def test_names_that_are_none_are_told_of(name: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        why(parse("skipgram"), trace(""), name, None)
    assert sentence in str(refused.value)
