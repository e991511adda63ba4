"""The map lab: its words, its groups, its drawing, and how true its maps are."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len

from tests.vectors.samples import keep_run
from tuilab.labs.map.code import code
from tuilab.labs.map.drawing import Box, Looked, draw, in_lines, towards
from tuilab.labs.map.experiment import Training, answer
from tuilab.labs.map.plain import told
from tuilab.labs.map.sentences import of_map, of_word
from tuilab.labs.map.spec import Group, Map, MapView, Picture, Positions
from tuilab.labs.neighbours.spec import Source
from tuilab.labs.spelling import SpellingError, parse
from tuilab.vectors import open as opening

NAMES = ["king", "queen", "man", "woman", "france", "paris", "spain", "madrid", *(f"word{n}" for n in range(52))]
SMALL = "map skip=0 perplexity=5 iterations=40"


@pytest.fixture(autouse=True)
def kept() -> None:
    """Three bundles of words, as a run of the words lab would have them."""
    opening._opened.cache_clear()
    generator = np.random.default_rng(4)
    middles = 3 * generator.standard_normal((3, 8))
    rows = middles[np.arange(len(NAMES)) % 3] + generator.standard_normal((len(NAMES), 8))
    keep_run(NAMES, rows.astype(np.float32))


def run(spelled: str = SMALL) -> MapView:
    training = Training(parse(spelled))
    while training.step < training.total:
        training.advance()
    return training.view()


def test_pca_is_there_at_once_and_tsne_keeps_more() -> None:
    first = answer(parse(SMALL))
    assert first.tsne is None and first.words == NAMES
    view = run()
    assert view.pca == first.pca and view.tsne is not None
    assert view.by_chance < view.pca.share
    assert view.by_chance == pytest.approx(10 / 59)
    assert np.mean(view.tsne.kept) / 10 == pytest.approx(view.tsne.share)


def test_groups_are_known() -> None:
    words = ["king", "queen", "prince", "man", "woman", "paris", "princess", *NAMES[8:20]]  # one capital is no group
    keep_run(words, np.random.default_rng(4).standard_normal((len(words), 8)))
    view = answer(parse("map skip=0"))
    assert {group.name: {words[word] for word in group.words} for group in view.groups} == {
        "male": {"king", "prince", "man"},
        "female": {"queen", "woman", "princess"},
    }
    assert answer(parse("map skip=0 groups=none")).groups == []


def test_groups_are_named() -> None:
    named = answer(parse(f"{SMALL} 'groups=king,queen;paris'")).groups
    assert [(group.name, group.words) for group in named] == [("king", [0, 1]), ("paris", [5])]


@pytest.mark.parametrize(
    ("spelled", "sentence"),
    [
        ("map skip=55", "5 are left after skip=55"),
        ("map skip=0 groups=emperor", "emperor is not among the 60 words"),
        ("map skip=0 groups=wrod7", "spelled most like it: word7"),
        ("map vectors=nowhere", "There are no vectors 'nowhere'"),
    ],
)
def test_what_cannot_be_mapped_is_refused(spelled: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        answer(parse(spelled))


def test_a_perplexity_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="perplexity=30 is too large for 60 words"):
        Training(parse("map skip=0 perplexity=30"))


@pytest.mark.parametrize(
    "spelled", ["map words=9", "map 'groups=a;b;c;d;e;f;g;h;i'", "map groups=a,b;a", "map iterations=5"]
)
def test_settings_out_of_range_are_refused(spelled: str) -> None:
    with pytest.raises(SpellingError):
        parse(spelled)


def begun(steps: int = 12) -> tuple[Training, dict[str, np.ndarray]]:
    """A map after some steps, and its state then."""
    training = Training(parse(SMALL))
    for _ in range(steps):
        training.advance()
    return training, {name: array.copy() for name, array in training.state().items()}


def test_a_map_goes_on_number_for_number() -> None:
    whole, state = begun(5)
    metrics = [whole.advance() for _ in range(20)]
    other = Training(parse(SMALL))
    other.restore(5, state)
    assert [other.advance() for _ in range(20)] == metrics
    assert other.view() == whole.view()


def test_a_map_goes_on_with_its_own_vectors_though_others_were_trained_since() -> None:
    whole, state = begun()
    keep_run(NAMES, np.random.default_rng(9).standard_normal((len(NAMES), 8)))
    other = Training(parse(SMALL))
    assert other.view().pca != whole.view().pca
    other.restore(12, state)
    assert other.view() == whole.view() and other.advance() == whole.advance()


def test_a_map_does_not_go_on_with_other_vectors() -> None:
    whole, state = begun()
    with pytest.raises(ValueError, match="have changed since this map was begun"):
        Training(parse("map skip=1 perplexity=5")).restore(12, state)
    trained = Path(whole.ground.source.file)
    trained.rename(trained.with_name("gone"))
    keep_run(NAMES, np.random.default_rng(9).standard_normal((len(NAMES), 8)))
    with pytest.raises(ValueError, match="no longer kept"):
        Training(parse(SMALL)).restore(12, state)
    with pytest.raises(ValueError, match="another map"):
        Training(parse(SMALL)).restore(12, {"words": state["words"]})


def test_words_of_groups_are_on_the_map_however_rare_they_are() -> None:
    view = answer(parse("map skip=0 words=20 groups=king,word50"))
    assert view.words == [*NAMES[:20], "word50"] and view.groups[0].words == [0, 20]


def test_a_moment_that_was_is_seen_with_the_vectors_of_then() -> None:
    training, state = begun()
    then = training.view()
    keep_run(NAMES, np.random.default_rng(9).standard_normal((len(NAMES), 8)))
    past = Training(training.spec)
    past.put_weights({"parameter.points": state["parameter.points"]})
    past.step = 12
    assert past.answer(Positions(at=12)) == then and then.step == 12
    with pytest.raises(ValueError, match="at step 12"):
        past.answer(Positions(at=3))
    with pytest.raises(ValueError, match="of another map"):
        past.put_weights({"parameter.points": np.zeros((3, 2))})


def test_points_that_begin_anywhere_end_elsewhere() -> None:
    one, other = run(f"{SMALL} start=random"), run(f"{SMALL} start=random seed=2")
    assert abs(np.corrcoef(one.tsne.x, other.tsne.x)[0, 1]) < 0.95
    assert run(f"{SMALL} start=random") == one


def test_the_drawing_has_every_group_and_its_labels_do_not_overlap() -> None:
    view = run(f"{SMALL} 'groups=king,queen;france,paris'")
    rows = draw(Looked(view, view.tsne), Box(), 0, (80, 20), unicode=True)
    lines = ["".join(text for text, _ in row) for row in rows]
    assert len(lines) == 20 and all(len(line) == 80 for line in lines)
    drawn = "".join(lines)
    assert drawn.count("@") == 1 and "king" in drawn
    marks = [(text.strip(), role) for row in rows for text, role in row if role.startswith("group")]
    assert ("1", "group0") in marks and ("2", "group1") in marks
    labels = [text.strip() for row in rows for text, role in row if role in ("label", "near")]
    assert labels and all(any(part in NAMES for part in (text, *text.split())) for text in labels)
    plain = draw(Looked(view, view.tsne), Box(), 0, (80, 20), unicode=False)
    assert all(text.isascii() for row in plain for text, _ in row)


def test_the_arrows_reach_every_side_and_stop_at_the_edge() -> None:
    picture = answer(parse(SMALL)).pca
    size = (80, 20)
    for direction, axis, sign in (((1, 0), "x", 1), ((-1, 0), "x", -1), ((0, -1), "y", 1), ((0, 1), "y", -1)):
        values = getattr(picture, axis)
        at = min(range(len(values)), key=lambda word, values=values, sign=sign: sign * values[word])
        seen = [at]
        while (next_word := towards(picture, Box(), at, direction, size)) != at:
            assert sign * (values[next_word] - values[at]) > 0
            at = next_word
            seen.append(at)
        assert len(seen) > 1


def test_what_is_told_of_a_word_is_counted_as_the_map_counts() -> None:
    view = run()
    for word in range(len(NAMES)):
        heading, near = of_word(view, view.tsne, word)
        assert heading.startswith(f"{NAMES[word]}: {view.tsne.kept[word]} of its 10")
        assert sum(line.startswith("✓") for line in near) == view.tsne.kept[word]
    assert of_map(view, view.tsne, "t-SNE") in told(view)


@pytest.mark.parametrize("more", ["", " start=random words=30 'groups=king,word50;queen'"])
def test_its_code_makes_the_same_maps(more: str) -> None:
    spec = parse(SMALL + more)
    assert isinstance(spec, Map)
    training = Training(spec)
    divergence = [training.advance().loss for _ in range(training.total)][-1]
    view = training.view()
    done = subprocess.run(
        [sys.executable, "-c", code(spec, view)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = dict(line.split(": ") for line in done.stdout.splitlines()[:2])
    assert float(lines["variance told by two axes"]) == pytest.approx(view.variance, rel=1e-6)
    assert float(lines["divergence"]) == pytest.approx(divergence, rel=1e-6)


def test_what_does_not_fit_on_a_line_is_left_out_whole() -> None:
    assert in_lines(["one", "two", "three", "four"], 9, 1) == ["one  two"]
    assert in_lines(["one", "two", "three", "four"], 9, 2) == ["one  two", "three"]
    assert in_lines(["漢字", "漢字"], 9, 1) == ["漢字"] and in_lines([], 9, 1) == []


def drawn(words: list[str], x: list[float], groups: list[Group], torn: list[int], cursor: int = 0) -> list[list]:
    """A map of points on one line."""
    count = len(words)
    picture = Picture(x, [0.0] * count, [0] * count, 0.0, torn, [-1] * count)
    near = [[(n + 1) % count] for n in range(count)]
    view = MapView(0, words, near, [[0.5]] * count, groups, 0.1, 0.1, picture, None, Source("", count, 2, "", False))
    return draw(Looked(view, picture), Box(), cursor, (60, 3), unicode=True)


def line(rows: list[list]) -> str:
    return "".join(text for text, _ in rows[1])


def test_a_torn_word_of_a_group_keeps_its_digit() -> None:
    rows = drawn(["a", "b", "c", "d"], [-1, -0.2, 0.4, 1], [Group("one", [1, 2])], [2, 3])
    assert "1b" in line(rows) and "1!c" in line(rows) and "!d" in line(rows)


def test_the_word_under_the_cursor_is_always_named() -> None:
    x = [0.0, *(n / 60 for n in range(-30, 31) if n)]
    words = ["here", *(f"w{n}" for n in range(60))]
    assert "@here" in line(drawn(words, x, [Group("all", list(range(61)))], []))


def test_words_of_wide_and_of_unprintable_letters_keep_the_columns() -> None:
    rows = drawn(["漢字", "tab\there", "x" * 40], [-0.9, -0.3, 0.3], [], [])
    assert all(cell_len("".join(text for text, _ in row)) == 60 for row in rows)
    assert "@漢字" in line(rows) and "tab?here" in line(rows) and "xxx…" in line(rows)


def test_each_group_has_labels() -> None:
    names = [f"{kind}{n}" for kind in "abcd" for n in range(40)]
    x = [2 * n / 159 - 1 for n in range(160)]
    order = np.random.default_rng(1).permutation(160).tolist()
    picture = Picture(x, [((7 * n) % 31) / 15 - 1 for n in order], [0] * 160, 0.0, [], [-1] * 160)
    groups = [Group(kind, list(range(40 * n, 40 * n + 40))) for n, kind in enumerate("abcd")]
    source = Source("", 160, 2, "", False)
    view = MapView(
        0, names, [[(n + 1) % 160] for n in range(160)], [[0.5]] * 160, groups, 0.1, 0.1, picture, None, source
    )
    labels = "".join(text for row in draw(Looked(view, picture), Box(), 0, (100, 31), True) for text, role in row)
    assert all(re.search(rf"{kind}\d+", labels) for kind in "abcd")
