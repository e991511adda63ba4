"""What is said to who types a number, and whether it names a slip."""

from functools import cache

from tuilab.course.lesson import QuizBlock
from tuilab.course.quiz import judge
from tuilab.labs import catalogue, spelling

ROUNDED = "what it is made of was rounded too early"


@cache
def asked(spelled: str):
    spec = spelling.parse(spelled)
    return catalogue.experiment_of(spec.kind).answer(spec)


def question(spelled: str, path: str, tolerance: float = 0.006) -> QuizBlock:
    return QuizBlock("q", "?", "number", (), spelled, path, tolerance, "", 1)


def said_to(spelled: str, path: str, value: float) -> str:
    """What is said to who types a number with five decimals."""
    return judge(question(spelled, path, 0.00001), f"{value:.5f}", {spelled: asked(spelled)}).sentence


def names(said: str, slip: str) -> bool:
    return f"comes out where {slip}." in said
