"""Runs side by side: by which names they go, and in which settings they differ."""

from collections.abc import Sequence

from tuilab.records.shelf import Row
from tuilab.records.telling import UNKNOWN, spelled, when, words_of

NONE = "none"


def differences(rows: Sequence[Row]) -> dict[str, list[str]]:
    """The settings in which they differ, each with its text in every run: empty where it is at its default."""
    every = [_settings(row) for row in rows]
    names = dict.fromkeys(name for settings in every for name in settings)
    found = {name: [settings.get(name, "") for settings in every] for name in names}
    return {name: texts for name, texts in found.items() if len(set(texts)) > 1}


def names(rows: Sequence[Row]) -> list[str]:
    """A name for each: the learner's, else the fewest settings that tell all apart, else when it was."""
    apart = defaults(rows, differences(rows))
    chosen: list[str] = []
    while _told_apart(apart, chosen, len(rows)) < len(rows):
        others = [name for name in apart if name not in chosen]
        best = max(others, key=lambda name: _told_apart(apart, [*chosen, name], len(rows)), default="")
        if not best or _told_apart(apart, [*chosen, best], len(rows)) == _told_apart(apart, chosen, len(rows)):
            break  # some have the same settings
        chosen.append(best)
    own = [" ".join(_called(name, apart[name][place]) for name in chosen) for place in range(len(rows))]
    return [row.label.title or name.strip() or when(row.about.began) for name, row in zip(own, rows, strict=True)]


def _told_apart(apart: dict[str, list[str]], names: Sequence[str], count: int) -> int:
    return len({tuple(apart[name][place] for name in names) for place in range(count)})


def _called(name: str, text: str) -> str:
    """A setting in few letters: a word says by itself what it is."""
    if text in (NONE, UNKNOWN):
        return ""
    return text if text.replace("-", "").replace(" ", "").isalpha() or name == "branch" else f"{name}={text}"


def defaults(rows: Sequence[Row], apart: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same with the defaults put in, where the lab is known."""
    return {
        name: [text or _default(row, name) for text, row in zip(texts, rows, strict=True)]
        for name, texts in apart.items()
    }


def _settings(row: Row) -> dict[str, str]:
    words = words_of(spelled(row))
    pairs = [word.partition("=") for word in words.settings if not word.startswith("branch@")]
    branch = [("branch", word.partition("@")[2]) for word in words.settings if word.startswith("branch@")]
    found = {"lab": words.kind} | {name: value for name, _, value in pairs} | {"seed": words.seed}
    return found | {name: f"from step {at}" for name, at in branch}


def _default(row: Row, name: str) -> str:
    from tuilab.labs import catalogue
    from tuilab.labs.spec import fields

    spec = catalogue.spec_of(words_of(spelled(row)).kind)
    field = next((each for each in fields(spec) if each.name == name), None) if spec else None
    return (field.spell(field.default) or NONE) if field else UNKNOWN
