"""What vectors of English text can be held against: facts as analogies, and people's scores of similarity."""

from functools import cache
from importlib import resources

from tuilab.corpora.corpus import Judges, questions

_PAIRS = {
    "male-female": """
        king queen, man woman, boy girl, father mother, brother sister, son daughter, uncle aunt, nephew niece,
        husband wife, prince princess, duke duchess, emperor empress, grandfather grandmother, actor actress, he she,
        his hers, himself herself, male female, lord lady, hero heroine, god goddess, monk nun
    """,
    "verb tense": """
        go went, come came, take took, give gave, write wrote, see saw, make made, begin began, become became,
        find found, know knew, grow grew, speak spoke, fall fell, run ran, sing sang, build built, keep kept, lose lost,
        win won, walk walked, play played
    """,
    "country-capital": """
        france paris, germany berlin, italy rome, spain madrid, greece athens, russia moscow, japan tokyo,
        china beijing, egypt cairo, poland warsaw, hungary budapest, austria vienna, sweden stockholm, norway oslo,
        finland helsinki, portugal lisbon, england london, ireland dublin, cuba havana, iran tehran, iraq baghdad,
        thailand bangkok
    """,
    "singular-plural": """
        dog dogs, cat cats, horse horses, bird birds, tree trees, house houses, car cars, book books, king kings,
        city cities, country countries, child children, man men, woman women, mouse mice, foot feet, tooth teeth,
        language languages, river rivers, mountain mountains, machine machines, computer computers
    """,
}


@cache
def judges() -> Judges:
    """Questions of four relations, and the 353 pairs of WordSim-353 with the mean of their scores, 0 to 10."""
    return Judges([questions(name, _pairs(table)) for name, table in _PAIRS.items()], _wordsim())


def _pairs(table: str) -> list[tuple[str, str]]:
    return [(first, second) for first, second in (pair.split() for pair in table.split(","))]


def _wordsim() -> list[tuple[str, str, float]]:
    text = resources.files("tuilab.corpora").joinpath("data/wordsim353.tsv").read_text(encoding="utf-8")
    rows = [line.lower().split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [(first, second, float(score)) for first, second, score in rows]
