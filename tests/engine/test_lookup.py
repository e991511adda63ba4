"""Looking vectors up, held against the plainest way to compute the same."""

import math

import numpy as np
import pytest

from tuilab.engine.words import lookup
from tuilab.engine.words.lookup import analogy, combined, margin, neighbours, parallelism, to_mean, unit_rows


@pytest.fixture
def unit() -> np.ndarray:
    rows, _ = unit_rows(np.random.default_rng(1).standard_normal((200, 7)))
    return rows


def by_hand(unit: np.ndarray, query: np.ndarray, without=()) -> list[tuple[int, float]]:
    length = math.sqrt(sum(float(q) ** 2 for q in query))
    cosines = [(sum(float(a) * float(b) for a, b in zip(row, query, strict=True)) / length) for row in unit]
    return sorted(((id, c) for id, c in enumerate(cosines) if id not in without), key=lambda each: (-each[1], each[0]))


def same(found, expected) -> None:
    assert [id for id, _ in found] == [id for id, _ in expected]
    assert [c for _, c in found] == pytest.approx([c for _, c in expected], abs=1e-6)


def test_rows_become_unit_rows_and_zeros_stay() -> None:
    unit, norms = unit_rows(np.array([[3, 4], [0, 0], [-2, 0]]))
    assert unit.dtype == norms.dtype == np.float32
    assert unit.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0], [-1, 0]]
    assert norms.tolist() == [5, 0, 2]


def test_neighbours_are_those_of_a_full_sort(unit) -> None:
    query = 3 * unit[5] + unit[9]
    same(neighbours(unit, query, 12, {5, 9}), by_hand(unit, query, {5, 9})[:12])
    assert neighbours(unit, unit[5], 1)[0].id == 5


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_share_the_rows_and_find_the_same(unit, threads, monkeypatch) -> None:
    alone = lookup.cosines_to(unit, unit[3])
    monkeypatch.setattr(lookup, "THREADS", threads)
    monkeypatch.setattr(lookup, "LARGE", 1)
    assert lookup.cosines_to(unit, unit[3]).tolist() == alone.tolist()
    assert alone.tolist() == pytest.approx((unit @ unit[3]).tolist(), abs=1e-6)
    assert len(lookup.cosines_to(unit[:1], unit[3])) == 1


def test_of_equal_ones_the_smaller_id_comes_first() -> None:
    unit, _ = unit_rows(np.array([[0, 1], *[[1, 0]] * 50, [0, 1], [1, 1]]))
    assert [id for id, _ in neighbours(unit, np.array([1.0, 0.0]), 5)] == [1, 2, 3, 4, 5]
    assert [id for id, _ in neighbours(unit, np.array([0.0, 1.0]), 4)] == [0, 51, 52, 1]


def test_more_than_there_are_and_none_at_all(unit) -> None:
    assert len(neighbours(unit[:4], unit[0], 10, {0, 99})) == 3
    assert neighbours(unit[:2], unit[0], 10, {0, 1}) == []
    with pytest.raises(ValueError, match="no direction"):
        neighbours(unit, np.zeros(7), 3)


def test_a_mapped_file_that_can_only_be_read(unit, tmp_path) -> None:
    np.save(tmp_path / "rows.npy", unit)
    mapped = np.load(tmp_path / "rows.npy", mmap_mode="r")
    same(neighbours(mapped, mapped[3], 4, {3}), by_hand(unit, unit[3], {3})[:4])


def test_an_analogy_of_any_number_of_terms(unit) -> None:
    terms = [(1, 3), (-1, 17), (1, 40), (1, 41), (-1, 2)]
    total = unit[3] - unit[17] + unit[40] + unit[41] - unit[2]
    asked = {3, 17, 40, 41, 2}
    same(analogy(unit, terms, 5), by_hand(unit, total, asked)[:5])
    same(analogy(unit, terms, 5, leave_out=False), by_hand(unit, total)[:5])


def test_the_margin_is_from_the_first_to_the_second(unit) -> None:
    found = neighbours(unit, unit[0], 2)
    assert margin(found) == found[0].cosine - found[1].cosine > 0
    assert margin(found[:1]) is None


def test_words_that_cancel_out_are_refused(unit) -> None:
    with pytest.raises(ValueError, match="cancel out"):
        combined(unit, [(1, 3), (-1, 3)])


def test_the_odd_one_has_the_least_cosine_to_the_mean() -> None:
    unit, _ = unit_rows(np.array([[1, 0.1], [1, 0], [-0.2, 1], [1, -0.1]]))
    cosines = to_mean(unit, [0, 1, 2, 3])
    mean = unit.mean(axis=0) / np.linalg.norm(unit.mean(axis=0))
    assert cosines == pytest.approx((unit @ mean).tolist(), abs=1e-6) and min(cosines) == cosines[2]


def test_parallelism_of_directions(unit) -> None:
    pairs = [(0, 1), (2, 3), (4, 5), (6, 7)]
    found = parallelism(unit, pairs)
    directions = []
    for a, b in pairs:
        difference = unit[b].astype(float) - unit[a]
        directions.append(difference / np.linalg.norm(difference))
    for i, one in enumerate(directions):
        others = np.mean([each for j, each in enumerate(directions) if j != i], axis=0)
        assert found.to_others[i] == pytest.approx(one @ others / np.linalg.norm(others))
        for j, other in enumerate(directions):
            assert found.pairwise[i, j] == pytest.approx(one @ other)
    between = [found.pairwise[i, j] for i in range(4) for j in range(4) if i != j]
    assert found.mean == pytest.approx(np.mean(between))


def test_planted_directions_are_parallel() -> None:
    rng = np.random.default_rng(2)
    firsts, step = rng.standard_normal((6, 50)) * 0.1 + rng.standard_normal(50), rng.standard_normal(50)
    lengths = np.linalg.norm(firsts, axis=1, keepdims=True)
    unit = np.concatenate([firsts / lengths, firsts / lengths + step])  # not of length one: planted exactly
    found = parallelism(unit, [(i, i + 6) for i in range(6)])
    assert found.mean == pytest.approx(1) and found.to_others == pytest.approx(np.ones(6))


def test_a_single_pair_and_a_pair_without_a_direction(unit) -> None:
    alone = parallelism(unit, [(0, 1)])
    assert alone.pairwise == pytest.approx(np.ones((1, 1))) and math.isnan(alone.mean)
    with pytest.raises(ValueError, match="same vector"):
        parallelism(unit, [(0, 1), (2, 2)])
