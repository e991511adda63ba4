"""Both maps as a few lines of numpy and openTSNE, with the learner's settings."""

from tuilab.labs.map.spec import Map, MapView
from tuilab.labs.neighbours.code import loading

_BEGINS = {"pca": "with it, made small", "random": "anywhere, close together"}
_STARTS = {"pca": "flat * (1e-4 / flat[:, 0].std()) + chance / 100", "random": "chance"}


def code(spec: Map, view: MapView) -> str:
    """A program that makes the same maps and prints where the words are."""
    early = min(250, spec.iterations // 4)
    return f"""\
{loading(view.source)}some = range({spec.skip}, min({spec.skip + spec.words}, len(words)))
some = [id for id in some if unit[id].any()]  # the commonest words, but for the very commonest
{_named(spec)}rows = unit[some].astype(float)

# PCA: the two directions in which they differ most
centred = rows - rows.mean(axis=0)
left, sizes, directions = np.linalg.svd(centred, full_matrices=False)
largest = directions[range(len(directions)), abs(directions).argmax(axis=1)]
flat = (left * sizes * np.where(largest < 0, -1, 1))[:, :2]
print("variance told by two axes:", (sizes[:2] ** 2).sum() / (sizes**2).sum())

# t-SNE: begins {_BEGINS[spec.start]}
from openTSNE import TSNEEmbedding, affinity

chance = np.random.default_rng({spec.seed}).standard_normal(flat.shape) * 1e-4
start = {_STARTS[spec.start]}
near = affinity.PerplexityBasedNN(rows, {spec.perplexity!r}, method="exact", metric="euclidean", n_jobs=1)
points = TSNEEmbedding(start, near, negative_gradient_method="bh", momentum=0.8, n_jobs=1)
for step in range({spec.iterations}):
    points.optimize(1, inplace=True, exaggeration=12 if step < {early} else 1)
print("divergence:", points.kl_divergence)
for id, (x, y) in list(zip(some, points))[:10]:
    print(words[id], round(x, 2), round(y, 2))
"""


def _named(spec: Map) -> str:
    """A line that adds the words of the groups that were named."""
    named = [word for words in spec.lists for word in words]
    return f"some = sorted({{*some, *(words.index(word) for word in {named!r})}})\n" if named else ""
