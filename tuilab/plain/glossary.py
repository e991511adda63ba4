"""The glossary in plain lines."""

from tuilab.course.glossary import best, read_glossary
from tuilab.course.reader import lessons_folder
from tuilab.plain.lines import Lines


def say_terms(lines: Lines, wanted: str) -> None:
    """Say what is wanted, or list all terms. Raises ValueError where there is none such."""
    entries, _ = read_glossary(lessons_folder())
    if not wanted:
        lines.say(f"glossary and one of these says what it means: {', '.join(entry.term for entry in entries)}.")
        return
    found = best(entries, wanted)
    if not found:
        raise ValueError(f"The glossary has no {wanted!r}; glossary alone lists all that it has.")
    for entry in found:
        lines.say(f"{', '.join(entry.names)}: {entry.means} ({entry.where})", hanging="  ")
