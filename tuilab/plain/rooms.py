"""Where the learner is: what can be typed there, and what is said to what cannot."""

from collections.abc import Callable
from dataclasses import dataclass

from tuilab.course.paths import PathError
from tuilab.labs.run import memory_sentence
from tuilab.plain.lines import EndOfInput, Lines
from tuilab.records.state import RunError


class Leave(Exception):
    """The learner goes back to where they came from."""


@dataclass(frozen=True)
class Command:
    """Something that can be typed: its names, how it is written, what it does, and who does it.

    It is not listed where it is of no `use`: what is typed then gets a sentence.
    """

    names: tuple[str, ...]
    written: str
    help: str
    act: Callable[[str], None]
    use: bool = True


class Room:
    """A place with commands. Subclasses say what they show in `enter` and what can be typed in `commands`."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines

    def enter(self) -> None:
        """Say where the learner is."""

    def commands(self) -> list[Command]:
        """What can be typed here."""
        return [
            Command(("glossary", "l"), "glossary loss", "what a term means; glossary lists all", self._glossary),
            Command(("?", "help"), "?", "this list", self._help),
            Command(("q", "quit", "exit"), "q", "leave", self._leave),
        ]

    def hints(self) -> list[str]:
        """What is told below the list of commands."""
        return []

    def otherwise(self, typed: str) -> bool:
        """Take what is no command, such as an answer; False where it is nothing either."""
        return False

    def unknown(self, word: str) -> str:
        """What to say to what is no command."""
        return f"There is no command {word!r} here; ? tells what can be typed."

    def stay(self) -> None:
        """Obey line by line until the learner leaves. Raises EndOfInput."""
        try:
            self.enter()
            while True:
                self.obey(self.lines.read())
        except Leave:
            return
        finally:
            self.left()

    def left(self) -> None:
        """The learner has gone."""

    def obey(self, typed: str) -> None:
        """Do what was typed, or say in a sentence why not."""
        try:
            self._act(typed)
        except (Leave, EndOfInput, BrokenPipeError):
            raise
        except Exception as error:  # whatever an experiment fails of, the learner goes on reading
            self.lines.say(_sentence(error))

    def _act(self, typed: str) -> None:
        word, _, rest = typed.partition(" ")
        if not word:
            self.lines.say("There is nothing on this line; ? tells what can be typed.")
        elif not self.otherwise(typed):
            command = next((each for each in self.commands() if word.lower() in each.names), None)
            if command is not None:
                command.act(rest.strip())
            else:
                self.lines.say(self.unknown(word))

    def _help(self, rest: str) -> None:
        for command in self.commands():
            if command.use:
                self.lines.say(f"{command.written}: {command.help}.", hanging="  ")
        for hint in self.hints():
            self.lines.say(hint, hanging="  ")

    def _glossary(self, rest: str) -> None:
        from tuilab.plain.glossary import say_terms

        say_terms(self.lines, rest)

    def _leave(self, rest: str) -> None:
        raise Leave


def _sentence(error: Exception) -> str:
    """What went wrong, in the words of who refused it; else its name, which is all that is known."""
    if isinstance(error, ValueError | PathError | RunError):
        return str(error)
    return memory_sentence(error) or f"That did not work: {type(error).__name__}, {error}."
