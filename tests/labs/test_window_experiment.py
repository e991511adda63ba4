"""The window lab: what it makes of sentences, and what it says of those that it cannot take."""

import random
import re

import pytest
from rich.cells import cell_len

from tests.labs.refusals import refusal
from tuilab.labs.spelling import SpellingError, build, parse, spell
from tuilab.labs.window.experiment import answer
from tuilab.labs.window.layout import made, sentence
from tuilab.labs.window.plain import why
from tuilab.labs.window.spec import Window, WindowTrace, contexts, words_of

LONG = "the cat sat on the mat and the dog chews the bone that the cat wanted to have for the evening"


def trace(text: str) -> WindowTrace:
    return answer(parse(text))


def test_the_sentence_of_the_course() -> None:
    found = trace("window")
    assert [each.word for each in found.occurrences] == ["the", "dog", "chews", "the", "bone"]
    assert found.count == 14 and found.staying == 5
    assert [(each.given, each.predicted) for each in found.made if each.target == 1] == [
        ("dog", "the"), ("dog", "chews"), ("dog", "the"),
    ]  # fmt: skip
    cbow = trace("window model=cbow")
    assert cbow.count == 5 and (cbow.made[4].given, cbow.made[4].predicted) == ("chews, the", "bone")


@pytest.mark.parametrize("more", ["", "size=4", "size=10 shrink=yes", "sample=0.02 seed=3", "sample=0.01 shrink=yes"])
def test_pairs_and_examples_are_those_of_the_windows(more: str) -> None:
    pairs, examples = trace(f"window 'sentence={LONG}' {more}"), trace(f"window 'sentence={LONG}' model=cbow {more}")
    words = LONG.split()
    for at, seen in enumerate(pairs.occurrences):
        near = contexts(pairs, at)
        before, after = [i for i in near if i < at], [i for i in near if i > at]
        assert len(before) <= seen.reach and len(after) <= seen.reach and all(pairs.occurrences[i].stays for i in near)
        own = [(each.given, each.predicted) for each in pairs.made if each.target == at]
        assert own == [(words[at], words[i]) for i in near]
        both = [(each.given, each.predicted) for each in examples.made if each.target == at]
        assert both == ([(", ".join(words[i] for i in near), words[at])] if near else [])
    assert pairs.count == len(pairs.made) > examples.count == len(examples.made)


def test_windows_reach_over_words_that_are_out() -> None:
    found = trace(f"window 'sentence={LONG}' sample=0.01 seed=3")
    out = [at for at, seen in enumerate(found.occurrences) if not seen.stays]
    assert out and found.staying == len(found.occurrences) - len(out)
    keep = {word.word: word.keep for word in found.words}
    for seen in found.occurrences:
        assert seen.draw is not None and seen.stays == (seen.draw < keep[seen.word])
    over = next(at for at in out if 1 < at < len(found.occurrences) - 1)
    target = next(at for at in range(over - 1, -1, -1) if found.occurrences[at].stays)
    assert max(contexts(found, target)) > over and over not in contexts(found, target)


def test_a_word_stays_with_the_probability_that_its_share_gives() -> None:
    words = {word.word: word for word in trace("window sample=0.1").words}
    assert words["the"].share == 0.4 and words["the"].keep == pytest.approx(0.75)
    assert words["dog"].share == 0.2 and words["dog"].keep == 1  # √0.5 + 0.5 is more than 1
    assert all(word.keep == 1 for word in trace("window").words)


def test_same_spelling_same_draws_and_another_seed_others() -> None:
    text = f"window 'sentence={LONG}' sample=0.01 shrink=yes"
    assert trace(text) == trace(text) != trace(f"{text} seed=2")


def test_words_are_taken_in_lower_case_without_punctuation() -> None:
    assert words_of("„The Dog“, it's 3.5 -- state-of-the-art!") == ["the", "dog", "it's", "3.5", "state-of-the-art"]
    assert words_of("Łódź Ärger हिन्दी 猫が 好き") == ["łódź", "ärger", "हिन्दी", "猫が", "好き"]


def test_what_cannot_be_shown_becomes_a_blank() -> None:
    spec = parse("window 'sentence=the\x07dog\x1b[31m  chews\u202e the'")
    assert spec.sentence == "the dog [31m chews the" and parse(spell(spec)) == spec


REFUSED = {
    "window sentence=": "window: sentence: there is none; type one like 'The dog chews the bone'.",
    "window 'sentence= \x00 '": "window: sentence: there is none; type one like 'The dog chews the bone'.",
    "window 'sentence=!!! -- ?'": "window: sentence: '!!! -- ?' has no words; type one like 'The dog chews the bone'.",
    "window sentence=dog": "window: sentence has 1 word, and so no context; it takes 2 to 300 words.",
    f"window 'sentence={'a ' * 301}'": "window: sentence has 301 words; it takes 2 to 300 words.",
    f"window 'sentence=the {'x' * 31}'": f"window: sentence: '{'x' * 30}…' is too long; "
    "a word has at most 30 characters.",
    "window size=0": "window: size=0 is not allowed: size is a whole number from 1 to 10.",
    "window sample=2": "window: sample=2 is not allowed: sample is a number from 0 to 1.",
    "window model=glove": "window: model=glove is not allowed: model is one of skipgram, cbow.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_in_one_sentence(text: str) -> None:
    assert refusal(text) == REFUSED[text]


def test_one_word_repeated_is_a_sentence_like_any_other() -> None:
    found = trace("window 'sentence=dog dog DOG' sample=0.5")
    assert [word.word for word in found.words] == ["dog"] and found.words[0].share == 1
    assert trace("window 'sentence=dog dog DOG'").count == 6


def test_a_threshold_that_takes_nearly_all_out_leaves_words_alone() -> None:
    found = trace("window sample=1e-9")
    assert found.staying == 0 and found.count == 0


def test_a_word_that_stays_alone_has_no_context() -> None:
    specs = (parse(f"window sample=0.005 seed={seed}") for seed in range(100))
    spec, alone = next((spec, found) for spec in specs if (found := answer(spec)).staying == 1)
    assert alone.count == 0
    word = next(seen.word for seen in alone.occurrences if seen.stays)
    at = next(at for at, seen in enumerate(alone.occurrences) if seen.stays)
    assert why(spec, alone, str(at), None).startswith(f"{word} is alone: it has no context, and nothing is made of it.")


@pytest.mark.parametrize("width", [20, 46, 78])
def test_rows_are_as_wide_as_there_is_room_and_hold_all_words(width: int) -> None:
    spec = parse(f"window 'sentence={LONG}' sample=0.02 shrink=yes size=4 model=cbow")
    found = answer(spec)
    for target in range(len(found.occurrences)):
        for lines, (first, last) in (sentence(spec, found, target, width), made(spec, found, target, width)):
            texts = ["".join(text for text, _ in line) for line in lines]
            assert max(len(text.rstrip()) for text in texts) <= width
            assert 0 <= first <= last <= len(lines)
        shown, (first, _) = sentence(spec, found, target, width)
        words = [word for line in shown for word in "".join(text for text, _ in line).split()]
        assert all(any(word.strip("▐▌×▸") == each for word in words) for each in LONG.split())
        assert f"▐{LONG.split()[target]}▌" in "".join(text for text, _ in shown[first])


def test_what_stands_below_words_of_wide_letters_stays_below_them() -> None:
    spec = parse("window 'sentence=猫が 好き is что 猫が' sample=0.05")
    found = answer(spec)
    lines, _ = sentence(spec, found, 2, 60)

    def columns(line) -> list[int]:
        text = "".join(text for text, _ in line)
        return [cell_len(text[: match.start()]) for match in re.finditer(r"[\w.]+", text)]

    words, _, keep, draw = (columns(line) for line in lines)
    assert words == keep[1:] == draw[1:]  # the first is the name of the row


def test_what_is_said_of_a_target() -> None:
    spec = parse("window sample=0.1 seed=3")
    found = answer(spec)
    assert "share 2/5 = 0.400; keep √(0.1/0.400) + 0.1/0.400 ≈ 0.750; drew" in why(spec, found, "the", None)
    assert why(spec, found, "1", None) == why(spec, found, "dog", None) == why(spec, found, "", None)
    with pytest.raises(ValueError, match="there is no word 'cat' in the sentence; write one of it, or a position"):
        why(spec, found, "cat", None)


@pytest.mark.parametrize("seed", range(3))
def test_junk_gives_windows_or_a_sentence(seed: int) -> None:
    rng = random.Random(seed)
    signs = "ab c  ,.:;'!\"\t\n\x00\x1b\u200d\u202e\ufeff́ éß猫😀İǅ٣²Ⅷ"
    for _ in range(150):
        text = "".join(rng.choice(signs) for _ in range(rng.randint(0, 40)))
        settings = {"sentence": text, "size": "3", "sample": rng.choice(["0", "0.01"]), "shrink": "yes"}
        try:
            spec = build(Window, settings)
        except SpellingError as error:
            assert str(error).startswith("window: sentence")
            continue
        assert parse(spell(spec)) == spec
        found = answer(spec)
        for target in range(len(found.occurrences)):
            for lines, _ in (sentence(spec, found, target, 40), made(spec, found, target, 40)):
                assert "".join(text for line in lines for text, _ in line).isprintable()
            assert why(spec, found, str(target), None)
