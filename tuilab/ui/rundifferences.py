"""Runs side by side: by which names they go, and in which settings they differ."""

from collections.abc import Sequence

from tuilab.records.shelf import Row
from tuilab.records.telling import when, words_of


def differences(rows: Sequence[Row]) -> dict[str, list[str]]:
    """The settings in which they differ, each with its text in every run: empty where it is at its default."""
    every = [_settings(row) for row in rows]
    names = dict.fromkeys(name for settings in every for name in settings)
    found = {name: [settings.get(name, "") for settings in every] for name in names}
    return {name: texts for name, texts in found.items() if len(set(texts)) > 1}


def names(rows: Sequence[Row]) -> list[str]:
    """A name for each: the learner's, else what sets it apart, else when it was."""
    apart = differences(rows)
    found = []
    for place, row in enumerate(rows):
        own = [f"{name}={texts[place]}" for name, texts in apart.items() if texts[place] and name != "lab"]
        found.append(row.label.title or " ".join(own) or (row.name.rpartition("-")[2] if "lab" in apart else ""))
    return [name or when(row.about.began) for name, row in zip(found, rows, strict=True)]


def defaults(rows: Sequence[Row], apart: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same with the defaults put in, where the lab is known."""
    return {
        name: [text or _default(row, name) for text, row in zip(texts, rows, strict=True)]
        for name, texts in apart.items()
    }


def _settings(row: Row) -> dict[str, str]:
    words = words_of(row.about.spelling)
    pairs = [word.partition("=") for word in words.settings if not word.startswith("branch@")]
    branch = [("branch", word.partition("@")[2]) for word in words.settings if word.startswith("branch@")]
    found = {"lab": words.kind} | {name: value for name, _, value in pairs} | {"seed": words.seed}
    return found | {name: f"from step {at}" for name, at in branch}


def _default(row: Row, name: str) -> str:
    from tuilab.labs import catalogue
    from tuilab.labs.spec import fields

    spec = catalogue.spec_of(words_of(row.about.spelling).kind)
    field = next((each for each in fields(spec) if each.name == name), None) if spec else None
    return (field.spell(field.default) or "none") if field else "-"
