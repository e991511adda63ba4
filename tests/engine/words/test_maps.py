"""Maps of words: PCA against its definition, t-SNE step by step, and how true a map is."""

import numpy as np
import pytest

from tuilab.engine.words.flat import pca
from tuilab.engine.words.lookup import unit_rows
from tuilab.engine.words.trueness import by_chance, judge, looked_at, nearest
from tuilab.engine.words.tsne import Tsne, beginning, early, largest_perplexity


def _rows(words: int = 90, dimensions: int = 12, seed: int = 1) -> np.ndarray:
    """Unit rows of three bundles."""
    generator = np.random.default_rng(seed)
    middles = 3 * generator.standard_normal((3, dimensions))
    return unit_rows(middles[np.arange(words) % 3] + generator.standard_normal((words, dimensions)))[0]


def test_pca_takes_the_two_directions_of_largest_variance() -> None:
    rows = _rows().astype(np.float64)
    flat = pca(rows)
    values = np.sort(np.linalg.eigvalsh(np.cov(rows.T, bias=True)))[::-1]
    assert flat.points.var(axis=0) == pytest.approx(values[:2])
    assert flat.shares == pytest.approx(values[:2] / values.sum())
    assert abs(flat.points[:, 0] @ flat.points[:, 1]) < 1e-9
    assert np.array_equal(pca(rows).points, flat.points)


def test_pca_of_points_on_a_line_has_one_axis() -> None:
    flat = pca(np.outer(np.arange(5.0), [1.0, 2.0, 2.0]))
    assert flat.points[:, 0] == pytest.approx(np.array([-6, -3, 0, 3, 6]))
    assert flat.points[:, 1] == pytest.approx(np.zeros(5), abs=1e-9)
    assert pca(np.ones((4, 3))).shares.tolist() == [0, 0]


def test_true_neighbours_and_trueness_by_brute_force() -> None:
    rows = _rows()
    true, points = nearest(rows), np.random.default_rng(2).standard_normal((len(rows), 2))
    found = judge(rows, true, points)
    cosines = rows @ rows.T
    distances = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    np.fill_diagonal(cosines, -np.inf)
    np.fill_diagonal(distances, np.inf)
    count = looked_at(len(rows))
    for word in range(len(rows)):
        near = np.argsort(-cosines[word])[:count]
        assert set(near) == set(true.ids[word])
        on_map = np.argsort(distances[word])
        assert found.kept[word] == len(set(near) & set(on_map[:count]))
        assert found.torn[word] == (list(on_map).index(near[0]) >= max(count, 9))
        truly_near = on_map[0] in np.argsort(-cosines[word])[: max(count, 9)]
        assert found.false[word] == (-1 if truly_near else on_map[0])
    assert (found.false >= 0).any() and (found.false < 0).any()


def test_of_a_map_in_two_dimensions_everything_is_kept() -> None:
    angles = np.linspace(0, 1, 40)
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = judge(rows, nearest(rows), rows)
    assert found.kept.mean() == pytest.approx(10) and not found.torn.any() and (found.false == -1).all()
    assert by_chance(41) == 0.25


def test_tsne_brings_bundles_together_and_is_repeatable() -> None:
    rows = _rows()

    def run() -> tuple[Tsne, list[float]]:
        tsne = Tsne(rows, beginning(pca(rows).points, len(rows), 1), 8.0, early(200))
        return tsne, [tsne.advance().divergence for _ in range(200)]

    first, divergences = run()
    assert divergences[-1] < divergences[early(200)] < divergences[0]
    assert np.array_equal(first.points, run()[0].points)
    x, kinds = first.points, np.arange(len(rows)) % 3
    middles = np.stack([x[kinds == kind].mean(axis=0) for kind in range(3)])
    nearest_middle = ((x[:, None] - middles) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest_middle == kinds).mean() > 0.95


def test_tsne_goes_on_from_its_state() -> None:
    rows = _rows()
    start = beginning(pca(rows).points, len(rows), 1)
    whole = Tsne(rows, start.copy(), 8.0, 10)
    for _ in range(5):
        whole.advance()
    kept = {name: array.copy() for name, array in whole.state().items()}
    measured = [whole.advance() for _ in range(100)]
    other = Tsne(rows, start.copy(), 8.0, 10)
    other.restore(5, kept)
    assert [other.advance() for _ in range(100)] == measured
    assert np.array_equal(other.points, whole.points)
    with pytest.raises(ValueError, match="another map"):
        other.restore(20, {name: array[:5] for name, array in kept.items()})


def test_the_largest_perplexity() -> None:
    assert largest_perplexity(31) == 10
