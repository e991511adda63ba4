"""Runs the analogy lab."""

from tuilab.corpora.grammar import RELATIONS as PLANTED
from tuilab.engine.words.lookup import analogy, margin, parallelism
from tuilab.labs.analogy.expression import parse_pairs, parse_terms
from tuilab.labs.analogy.spec import RELATIONS, Analogy, AnalogyView, Direction, Directions, SignedWord
from tuilab.labs.neighbours.looking import ids_of, nears, source_of
from tuilab.vectors.open import open_vectors
from tuilab.vectors.store import Vectors


def answer(spec: Analogy) -> AnalogyView:
    """Look the sum up, or compare the directions. Raises ValueError with a sentence."""
    vectors = open_vectors(spec.vectors)
    if spec.pairs:
        return AnalogyView([], [], None, _directions(spec, vectors), source_of(vectors))
    terms = parse_terms(spec.of, lambda word: vectors.words.find(word) is not None)
    ids = ids_of(vectors, [term.word for term in terms])
    signed = [(term.sign, id) for term, id in zip(terms, ids, strict=True)]
    found = analogy(vectors.unit, signed, spec.most, leave_out=spec.without == "asked")
    words = [SignedWord(*term) for term in terms]
    return AnalogyView(words, nears(vectors, found), margin(found), None, source_of(vectors))


def pairs_of(name: str) -> list[tuple[str, str]]:
    """The pairs of a relation by its name, those that are planted in the generated language; else pairs as typed."""
    if name in RELATIONS:
        relation = next(each for each in PLANTED if each.name.replace(" ", "-") == name)
        return [pair.words for pair in relation.pairs]
    return parse_pairs(name)


def _directions(spec: Analogy, vectors: Vectors) -> Directions:
    known, missing = list[tuple[str, str, int, int]](), list[str]()
    for first, second in pairs_of(spec.pairs):
        one, other = vectors.words.find(first), vectors.words.find(second)
        if one is None or other is None:
            missing.append(f"{first}:{second}")
        else:
            known.append((first, second, one, other))
    if len(known) < 2:
        raise ValueError(
            f"Of these pairs {len(known) or 'none'} {'has' if len(known) == 1 else 'have'} both words among the "
            f"{len(vectors):,} words; directions are compared of two pairs or more."
        )
    ids = [(one, other) for _, _, one, other in known]
    found = parallelism(vectors.unit, ids)
    shifted = [(one, ids[(n + 1) % len(ids)][1]) for n, (one, _) in enumerate(ids)]
    cosines = found.to_others.tolist()
    rows = [Direction(first, second, each) for (first, second, *_), each in zip(known, cosines, strict=True)]
    return Directions(
        spec.pairs, rows, found.pairwise.tolist(), found.mean, parallelism(vectors.unit, shifted).mean, missing
    )
