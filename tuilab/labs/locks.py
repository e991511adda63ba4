"""Settings that whoever set an experiment up has locked or hidden: `forecast hidden=8 lock=hidden,lr hide=seed`.

A locked one is shown and cannot be changed; a hidden one is not shown either. `lock=all` locks every setting.
"""

from collections.abc import Iterable, Mapping

from tuilab.labs.spec import Spec, fields
from tuilab.labs.switches import Switch, switches

ALL = "all"
BY_WHOM = "here by whoever set this experiment up"


def hidden(spec: Spec) -> tuple[str, ...]:
    """The names of the settings that are not shown."""
    return _names(getattr(spec, "hide", ""))


def locked(spec: Spec) -> tuple[str, ...]:
    """The names of the settings that cannot be changed, hidden ones among them."""
    named = _names(getattr(spec, "lock", ""))
    if ALL in named:
        return tuple(field.name for field in fields(type(spec)))
    return (*named, *(name for name in hidden(spec) if name not in named))


def named(settings: Mapping[str, str]) -> tuple[str, ...]:
    """What settings in their text form name as locked or hidden."""
    return _names(",".join(settings.get(setting, "") for setting in ("lock", "hide")))


def check_names(spec: Spec) -> None:
    """Raise ValueError with a sentence where a setting is locked or hidden that the lab does not have."""
    there = [field.name for field in fields(type(spec))]
    for setting, known in (("lock", [ALL, *there]), ("hide", there)):
        for name in _names(getattr(spec, setting, "")):
            if name not in known:
                raise ValueError(
                    f"{spec.kind}: {setting}={getattr(spec, setting)} is not allowed: there is no field {name!r} to "
                    f"{setting}. There are: {', '.join(known)}."
                )


def refusal(spec: Spec, names: Iterable[str]) -> str:
    """Why settings of these names cannot be changed, in a sentence; empty where they can."""
    fixed = locked(spec)
    name = next((name for name in names if name in fixed), "")
    return f"{name} is {'hidden' if name in hidden(spec) else 'locked'} {BY_WHOM}." if name else ""


def refusal_of(before: Spec, after: Spec) -> str:
    """Why a lab cannot go from one spec to another, in a sentence; empty where it can."""
    if locked(before) and any(getattr(before, name) != getattr(after, name) for name in ("lock", "hide")):
        return f"lock and hide are set {BY_WHOM}."
    thrown = [each.name for each in set(_thrown(before)) ^ set(_thrown(after))]
    there = {each.name for each in fields(type(after))}  # of another class it can be, by `Spec.meant`
    changed = [
        each.name
        for each in fields(type(before))
        if each.name not in there or getattr(before, each.name) != getattr(after, each.name)
    ]
    return refusal(before, (*thrown, *changed))


def check_change(before: Spec, after: Spec) -> None:
    """Raise ValueError with a sentence where a lab cannot go from one spec to another."""
    if sentence := refusal_of(before, after):
        raise ValueError(sentence)


def shown(spec: Spec, names: Iterable[str]) -> list[tuple[str, str]]:
    """Of settings of these names those that are not hidden, each with its value in its text form."""
    texts = {field.name: field.spell(getattr(spec, field.name)) for field in fields(type(spec))}
    return [(name, texts[name]) for name in names if name not in hidden(spec)]


def secret(spec: Spec, what: str) -> str:
    """Why something is not shown that would tell a hidden setting, in a sentence; empty where there is none."""
    names = hidden(spec)
    return f"{' and '.join(names)} {'are' if names[1:] else 'is'} hidden {BY_WHOM}; {what}." if names else ""


def _thrown(spec: Spec) -> tuple[Switch, ...]:
    return switches(spec) if hasattr(spec, "switched") else ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in text.split(",") if (name := each.strip())))
