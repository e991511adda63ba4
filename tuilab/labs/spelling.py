"""The one text form of an experiment: a kind and its settings, `forecast cell=gru hidden=64 seed=7`."""

import shlex
from collections.abc import Collection

from tuilab.labs import catalogue, locks
from tuilab.labs.spec import Field, FieldError, LabSpec, Spec, fields

_SPECIAL = frozenset('"$`\\!')  # that a shell reads within double quotes


class SpellingError(ValueError):
    """A spelling that cannot be read; the text is one sentence: what was given, what is allowed."""


def parse(text: str) -> Spec:
    """Read a spelling. Settings left out take their defaults. Raises SpellingError."""
    try:
        words = shlex.split(text)
    except ValueError:
        raise SpellingError(f"{text!r} has a quotation mark that is not closed.") from None
    if not words:
        raise SpellingError(f"No experiment was named. There are: {', '.join(catalogue.kinds())}.")
    spec = catalogue.spec_of(words[0])
    if spec is None:
        raise SpellingError(f"There is no experiment {words[0]!r}. There are: {', '.join(catalogue.kinds())}.")
    settings = [setting(word, spec) for word in words[1:]]
    for name, value in settings:
        if [other for other, _ in settings].count(name) > 1:
            raise SpellingError(
                f"{spec.kind}: {name} is given more than once, {name}={value} among them; give it once."
            )
    return build(spec.meant(dict(settings)), dict(settings))


def build(spec: type[Spec], settings: dict[str, str]) -> Spec:
    """Make a spec from settings in their text form. Raises SpellingError."""
    known = {field.name: field for field in _settings(spec)}
    try:
        values = {name: _known(spec, known, name).parse(text) for name, text in settings.items()}
        made = spec(**values)
        locks.check_names(made)
        return made
    except FieldError as error:
        raise SpellingError(f"{spec.kind}: {error}") from None
    except ValueError as error:
        raise SpellingError(str(error)) from None


def rebuild(spec: type[Spec], settings: dict[str, str]) -> Spec:
    """Make a spec from all settings of another, as a form has them, some of them changed. Raises SpellingError.

    Where they mean another class, it takes those that it has too and that are locked, or not at the default of theirs.
    """
    meant = spec.meant(settings)
    if meant is not spec:
        names = {field.name for field in _settings(meant)}
        defaults = {field.name: field.spell(field.default) for field in _settings(spec)}
        fixed = locks.named(settings)
        if gone := next((name for name in fixed if name not in names and name != locks.ALL), ""):
            raise SpellingError(
                f"{spec.kind}: {gone} is locked {locks.BY_WHOM}, and with what was typed there would be no {gone}."
            )
        settings = {
            name: text for name, text in settings.items() if name in names and (name in fixed or text != defaults[name])
        }
    return build(meant, settings)


def spell(spec: Spec) -> str:
    """Write a spec in its text form, without the settings that are at their defaults or follow from others."""
    return _spelled(spec)


def told(spec: Spec) -> str:
    """The text form as a learner may see it: without the settings that are hidden."""
    return _spelled(spec, without=locks.hidden(spec))


def shown(text: str) -> str:
    """A spelling, of another version too, as a learner may see it: without the settings that are hidden."""
    if "hide=" not in text:
        return text
    try:
        return told(parse(text))
    except SpellingError:
        return text.partition(" ")[0]


def command(spec: Spec) -> str:
    """The command that opens a spec's lab, as a shell reads it; the seed is in it even where it is the default."""
    text = _spelled(spec, always=("seed",))
    if "'" in text and not _SPECIAL & set(text):
        return f'tuilab open "{text}"'
    return f"tuilab open '{text}'" if "'" not in text else f"tuilab open {shlex.quote(text)}"


def texts(spec: Spec) -> dict[str, str]:
    """Every setting in its text form, by its name."""
    return {field.name: field.spell(getattr(spec, field.name)) for field in _settings(type(spec))}


def setting(word: str, spec: type[Spec]) -> tuple[str, str]:
    """Split a setting into its name and its value. Raises SpellingError."""
    name, equals, value = word.partition("=")
    if not equals:
        raise SpellingError(f"{spec.kind}: {word!r} is not a setting; write settings as name=value.")
    return name, value


def _spelled(spec: Spec, always: Collection[str] = (), without: Collection[str] = ()) -> str:
    words = [spec.kind]
    implied = spec.implied()
    for field in _settings(type(spec)):
        value = getattr(spec, field.name)
        said = value != field.default and field.name not in implied
        if (said or field.name in always) and field.name not in without:
            words.append(shlex.quote(f"{field.name}={field.spell(value)}"))
    return " ".join(words)


def _settings(spec: type[Spec]) -> tuple[Field, ...]:
    """The fields of a spec; of a lab, not of a question, what is locked and hidden too."""
    is_lab = issubclass(spec, LabSpec) and spec.kind in catalogue.NAMES
    return (*fields(spec), *fields(LabSpec)) if is_lab else fields(spec)


def _known(spec: type[Spec], known: dict[str, Field], name: str) -> Field:
    if name not in known:
        there = ", ".join(field.name for field in fields(spec))
        raise SpellingError(f"{spec.kind}: there is no field {name!r}. There are: {there}.")
    return known[name]
