"""What was wrong with a command, in one line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuilab.labs.spec import Spec


class CommandError(Exception):
    """The command cannot be obeyed; the text is one sentence for the learner."""

    @property
    def line(self) -> str:
        """The sentence on one line, whatever it quotes: no line breaks, nothing that steers a terminal."""
        words = " ".join(str(self).split())
        return "".join(character if character.isprintable() else "?" for character in words)


def read_spec(text: str) -> "Spec":
    """Read a spelling. Raises CommandError."""
    from tuilab.labs.spelling import SpellingError, parse

    try:
        return parse(text)
    except SpellingError as error:
        raise CommandError(str(error)) from None
