"""What can be typed to a lab, by itself or beside a page."""

from collections.abc import Callable
from typing import Any

import msgspec

from tuilab.course.paths import steps, value_at
from tuilab.labs import locks, spelling
from tuilab.labs.keepsake import line_of, untrained
from tuilab.labs.slips import beside, slips
from tuilab.labs.spec import Spec, fields
from tuilab.plain.bench import Bench
from tuilab.plain.changes import changes
from tuilab.plain.lines import Lines
from tuilab.plain.moments import has_moments, kept_of_model, other_moment
from tuilab.plain.rooms import Command, Room
from tuilab.plain.steps import StepTable, read_count
from tuilab.plain.tables import tell

_NO_LAB = "This page has no lab."
_OTHER_KEYS = (*"bdikmovwxz.,+-/", "left", "right", "up", "down", "esc")
_KEYS = (
    "Pages name keys of the screen: here tab is lab, space is train, e is set, enter is why, f is settings, u is "
    "undo, r is restart, c is code, y is spelling"
)


class WithLab(Room):
    """A room with a lab in it; `bench` is None where a page has none."""

    bench: Bench | None = None

    def commands(self) -> list[Command]:
        """What can be typed to the lab, with examples that are its own."""
        there, trains, example = self.bench is not None, False, dict[str, str]()
        if self.bench is not None:
            trains, example = self.bench.lab.view is not None, self.bench.helper("EXAMPLES") or {}
        part, edit, question = (example.get(name, "") for name in ("lab", "edit", "ask"))
        some, one = part and f"; lab {part} prints a part of them", edit and f"; set {edit} changes one number"
        return [
            Command(("lab", "tab"), "lab", f"the lab's numbers{some}", self.print_lab, there),
            Command(("set", "e"), f"set {example.get('set')}", f"change settings{one}", self.change, there),
            Command(
                ("settings", "f"), "settings", "each setting, what it is and what it may be", self.list_settings, there
            ),
            Command(("spelling", "y"), "spelling", "the line that opens this experiment", self.print_spelling, there),
            Command(("undo", "u"), "undo", "take the last change back", self.undo, there),
            Command(
                ("why", "enter"), f"why {example.get('why')}", "how that comes about", self.why, "why" in example
            ),
            Command(
                ("try", "t"), "try PLACE 0.43", "your number for one of lab's; names a slip", self.try_out,
                "why" in example,
            ),
            Command(
                ("train", "space"), "train", "train to the end; ctrl+c stops; train 100 takes 100 steps", self.train,
                trains,
            ),
            Command(("restart", "r"), "restart", "train from the first step again", self.restart, trains),
            Command(
                ("ask",), f"ask {question}", "put a question to what was trained, or to a lab", self.ask, bool(question)
            ),
            Command(
                ("[",), "[ or ]", "an earlier moment of the training, or a later one", lambda rest: self.look_back(-1),
                self.bench is not None and has_moments(self.bench),
            ),
            Command(("]",), "]", "a later moment", lambda rest: self.look_back(1), False),
            Command(("code", "c"), "code", "the lab as a few lines of code", self.code, there),
            Command(
                ("g",), "g", "let what was trained go on: ask generate", lambda rest: self.ask(f"generate {rest}"),
                question.startswith("generate"),
            ),
            Command(("s",), "s", "a single training step: train 1", lambda rest: self.train("1"), trains),
            *super().commands(),
        ]  # fmt: skip

    def hints(self) -> list[str]:
        """What to type for a key that a page names."""
        keys = self.bench.helper("KEYS") if self.bench is not None else None
        return [f"{_KEYS}{f', {keys}' if keys else ''}."]

    def unknown(self, word: str) -> str:
        """What to say to what is no command; some are keys of the screen, which pages name."""
        if word.lower() in _OTHER_KEYS:
            return f"{word} is a key of the screen; here lab prints every step, and set changes what it stands at."
        return super().unknown(word)

    def left(self) -> None:
        """Leave what was trained to others."""
        if self.bench is not None:
            self.bench.close()

    def need(self) -> Bench:
        """The lab. Raises ValueError where there is none."""
        if self.bench is None:
            raise ValueError(_NO_LAB)
        return self.bench

    def say_lab(self) -> None:
        """Say which lab is at hand, what it stands at, and how to look at it."""
        bench = self.need()
        self.lines.say(f"Lab: {bench.stands_at()}", hanging="  ")
        self.lines.say(bench.lab.summary[:1].upper() + bench.lab.summary[1:] + ".", "  ")
        look = bench.helper("look")
        looked = look(bench.show) if look and bench.show is not None else "lab"
        pointed = "writes out the one that the page points at" if looked.startswith("why") else "is what the page shows"
        ways = ["lab prints its numbers"] if bench.lab.answer else []
        ways += [f"{looked} {pointed}"] if looked != "lab" else []
        ways += ["train trains it"] if bench.lab.view else []
        self.lines.say(f"To look at it: {'; '.join(ways)}.", "  ")

    def print_lab(self, rest: str) -> None:
        """Print the numbers of the lab, or a part of them."""
        bench = self.need()
        view = bench.view()
        more = bench.helper("more")
        extra = more(bench.spec, view) if more else {}
        if rest in extra:
            self._tell(extra[rest], rest)
        elif rest:
            self._tell(value_at(view, rest), rest)
        else:
            self.lines.say(bench.stands_at(), hanging="  ")
            self._tell(view)

    def change(self, rest: str) -> None:
        """Change settings."""
        self._say_changed(lambda bench: bench.change(rest))

    def undo(self, rest: str) -> None:
        """Take the last change back."""
        self._say_changed(Bench.undo)

    def restart(self, rest: str) -> None:
        """Train from the beginning."""
        bench = self.need()
        read_count(rest)  # first: a slip of the finger must not cost what was trained
        bench.restart()
        self.train(rest)

    def list_settings(self, rest: str) -> None:
        """List the settings."""
        spec: Spec = self.need().spec
        for field in fields(type(spec)):
            now, may = field.spell(getattr(spec, field.name)), field.allowed
            if field.name not in locks.hidden(spec):
                may = "locked" if field.name in locks.locked(spec) else may
                self.lines.say(f"{field.name}={now}: {field.help}; {may}.", hanging="  ")

    def print_spelling(self, rest: str) -> None:
        """Print the command that opens this very experiment."""
        bench = self.need()
        if secret := locks.secret(bench.spec, "the line of this experiment would tell"):
            raise ValueError(secret)
        line, notes = line_of(bench.spec)
        self.lines.show([line])
        for note in (*notes, *filter(None, [untrained(bench.training.step if bench.training else 0)])):
            self.lines.say(note)

    def why(self, rest: str) -> None:
        """Write the arithmetic of a number out."""
        bench = self.need()
        explain = bench.helper("why")
        if explain is None:
            raise ValueError(f"{bench.spec.kind} does not write its numbers out; lab prints them.")
        self.lines.say(explain(bench.spec, bench.view(), rest, bench.show))

    def try_out(self, rest: str) -> None:
        """Put a number that was worked out beside the lab's."""
        bench = self.need()
        path, _, typed = rest.rpartition(" ")
        if not path:
            raise ValueError("Write try, the number as lab names it, and what you say it is: try now.C 0.43.")
        view = bench.view()
        right = value_at(view, path.strip())
        if not isinstance(right, int | float):
            raise ValueError(f"{path} is not a number; write one such as steps[1].sum[0][1].")
        self.lines.say(beside(slips(bench.spec, view, steps(path.strip())), path.strip(), typed, right))

    def train(self, rest: str) -> None:
        """Train, and tell some of the steps."""
        bench = self.need()
        count = read_count(rest)
        if bench.training and bench.training.step >= bench.training.total:
            raise ValueError(f"All {bench.training.total:,} steps are trained; restart trains from the first again.")
        log = StepTable(self.lines, bench.training.step if bench.training else 0)
        outcome = bench.train(count, log.step)
        log.last()
        if outcome.reason == "done":
            assert bench.training is not None
            took = f"{bench.training.step - log.before:,} steps in {outcome.seconds:.1f} s"
            self.lines.say(f"Trained {took}.")
        elif outcome.reason == "stopped":
            self.lines.say(f"Stopped after step {bench.training.step if bench.training else 0:,}; train goes on.")
        else:
            self.lines.say(outcome.sentence)
        self.print_lab("")

    def ask(self, rest: str) -> None:
        """Put a question to the lab."""
        bench = self.need()
        answer = bench.ask(rest)
        self.lines.say(spelling.spell(spelling.parse(rest)), hanging="  ")
        self._tell(answer)

    def look_back(self, towards: int) -> None:
        """Show another moment of the training."""
        bench = self.need()
        if (at := kept_of_model(bench, towards)) is not None:
            self.change(f"at={at}")
        else:
            heading, answer = other_moment(bench, towards)
            self.lines.say(heading)
            self._tell(answer)

    def code(self, rest: str) -> None:
        """Print the lab as a torch program."""
        bench = self.need()
        if secret := locks.secret(bench.spec, "its code would tell"):
            raise ValueError(secret)
        write = bench.helper("code")
        if write is None:
            raise ValueError(f"{bench.spec.kind} has no code to show.")
        self.lines.show(write(bench.spec, bench.view()).rstrip("\n").split("\n"))

    def _tell(self, answer: Any, name: str = "") -> None:
        """Print an answer, or what a lab with many numbers makes of it, after what the lab itself says of it."""
        told, brief = self.need().helper("told"), self.need().helper("brief")
        if told and told(answer):
            self.lines.say(told(answer))
        self.lines.show(tell(brief(answer) if brief and not name else answer, self.lines.width, name))

    def _say_changed(self, change: Callable[[Bench], msgspec.Struct | None]) -> None:
        """Make a change and say what it changed, where the lab shows its numbers; or what the lab answers now."""
        bench = self.need()
        earlier, trained = bench.spec, bench.training
        after = change(bench)
        try:
            before = bench.answer(earlier) if bench.helper("why") else None
        except ValueError:  # it could not be answered before either
            before = None
        gone = " What was trained is gone; train begins anew." if trained and bench.training is None else ""
        if trained and bench.training is trained:
            gone = " It is switched from here on; train goes on."
        self.lines.say(f"The lab stands at: {bench.stands_at()}.{gone}", hanging="  ")
        if before is not None and after is not None:
            compared = bench.helper("compared") or (lambda answer: answer)
            for line in changes(compared(before), compared(after)):
                self.lines.say(line, "  ", "    ")
        if bench.helper("ANSWERS"):
            self._tell(after)


class LabRoom(WithLab):
    """A lab by itself."""

    def __init__(self, lines: Lines, spec: Spec, run: str = "") -> None:
        super().__init__(lines)
        self.bench: Bench = Bench(spec, lines.say)
        if run:
            self.bench.take_up(run)

    def enter(self) -> None:
        """Say which lab it is."""
        self.say_lab()
        self.lines.say("? tells what can be typed, q leaves.")
