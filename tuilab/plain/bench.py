"""A lab at hand: its settings, what it answers, and what was trained."""

import re
import shlex
import sys
from collections.abc import Callable
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec

from tuilab.labs import catalogue, locks, spelling, switches
from tuilab.labs.edits import Edit, parse_edits, spell_edits
from tuilab.labs.run import Metrics, Run
from tuilab.labs.spec import Spec
from tuilab.records.folders import runs_folder

if TYPE_CHECKING:
    from tuilab.labs.keeping import Keeping

Say = Callable[[str], None]


def answer_to(spec: Spec, say: Say) -> msgspec.Struct:
    """Ask an experiment, in this process."""
    answer: msgspec.Struct = experiment(spec, say).answer(spec)
    return answer


def experiment(spec: Spec, say: Say) -> ModuleType:
    """Find a lab's experiment; says so where torch has to be loaded first."""
    if "torch" not in sys.modules:
        say("Torch is loading…")
    from tuilab.labs import direct

    return direct.experiment(spec)


class Bench:
    """One lab, in the state that a page or the learner puts it into.

    `show` is what a page wants to be looked at; `training` is there from the first step on, and `moment` is the step of
    it that was gone back to, -1 where it is looked at as it is.
    """

    def __init__(self, spec: Spec, say: Say, show: Any = None) -> None:
        self.spec, self.say, self.show = spec, say, show
        self.history: list[Spec] = []
        self.training: Run | None = None
        self.keeping: Keeping | None = None
        self.moment = -1

    @property
    def lab(self) -> catalogue.Lab:
        """What the catalogue says of the lab."""
        return catalogue.lab(self.spec.kind)

    def helper(self, name: str) -> Any:
        """A function of the lab's own module for plain mode; None where it has none."""
        if find_spec(f"tuilab.labs.{self.spec.kind}.plain") is None:
            return None
        return getattr(catalogue.part(self.spec.kind, "plain"), name, None)

    def stands_at(self) -> str:
        """The spelling, and how far it is trained."""
        trained = f", trained {self.training.step:,} of {self.training.total:,} steps" if self.training else ""
        return spelling.told(self.spec) + trained

    def view(self) -> msgspec.Struct:
        """What there is to see: of the training where there is one, else the lab's answer."""
        if self.training is not None:
            return self.training.view()
        if self.lab.answer is None:
            raise ValueError(f"{self.spec.kind} shows its numbers once it is trained: type train.")
        return answer_to(self.spec, self.say)

    def change(self, text: str) -> msgspec.Struct | None:
        """Change settings, `cell=gru`, or single numbers, `Wx[0,1]=2`; a training begins anew.

        Returned is what a lab that answers now answers. Raises ValueError, with nothing changed.
        """
        if self.switches(text):
            self._switch(text)
            return None
        spec = spelling.parse(self._changed(text))
        locks.check_change(self.spec, spec)
        answer = self.answer(spec)
        self.history.append(self.spec)
        self._use(spec)
        return answer

    def switches(self, text: str) -> bool:
        """Whether settings are switched in the training there is, rather than begin another."""
        words = _words(self.spec.kind, text)
        return self.training is not None and {word.partition("=")[0] for word in words} <= set(self.spec.switchable)

    def _switch(self, text: str) -> None:
        training: Any = self.training
        settings = dict(spelling.setting(word, type(self.spec)) for word in _words(self.spec.kind, text))
        spec = switches.thrown(self.spec, training.step, settings)
        locks.check_change(self.spec, spec)
        training.change(spec)
        if self.keeping is not None:
            self.keeping.respell(spec)
        self.history.append(self.spec)
        self.spec = spec

    def undo(self) -> msgspec.Struct | None:
        """Take the last change back; as for `change`."""
        if not self.history:
            raise ValueError("There is no change to take back.")
        answer = self.answer(self.history[-1])
        self._use(self.history.pop())
        return answer

    def answer(self, spec: Spec) -> msgspec.Struct | None:
        """What the lab answers for a spec; None where it only trains. Raises ValueError."""
        return answer_to(spec, self.say) if self.lab.answer is not None else None

    def turn_to(self, spec: Spec, show: Any) -> None:
        """Stand at another spec, where the page now wants something else looked at; undo goes back."""
        if spec != self.spec:
            self.history.append(self.spec)
            self._use(spec)
        self.show = show

    def restart(self) -> None:
        """Forget the training."""
        self._use(self.spec)

    def train(self, count: int | None, told: Callable[[Metrics, int], None]) -> Any:
        """Train so many steps, or all that are left; `told` hears of each step and where it will end."""
        if self.lab.view is None:
            raise ValueError(f"{self.spec.kind} has nothing to train; lab prints its numbers.")
        experiment(self.spec, self.say)
        from tuilab.labs import direct
        from tuilab.labs.branching import begin
        from tuilab.labs.keeping import Keeping

        if self.training is None:
            self.training, before = begin(self.spec)
            self.keeping = Keeping(self.spec, self.training, runs_folder(), before=before)
        training, keeping = self.training, self.keeping
        assert keeping is not None
        self.moment = -1
        until = training.total if count is None else min(training.total, training.step + count)

        def step(metrics: Metrics, seconds: float) -> None:
            keeping.step(metrics, seconds)
            told(metrics, until)

        with direct.interrupts() as interrupted:
            outcome = direct.train(training, until, step, interrupted)
        keeping.end(outcome)
        if keeping.problem:
            self.say(keeping.problem)
        return outcome

    def take_up(self, name: str) -> None:
        """Go on with a kept run. Raises RunError, ValueError."""
        experiment(self.spec, self.say)
        from tuilab.labs.keeping import Keeping, reopen

        kept, self.training, before = reopen(runs_folder(), name)
        self.keeping = Keeping(self.spec, self.training, runs_folder(), kept, before)

    def close(self) -> None:
        """Leave the training to others, if there is one."""
        if self.keeping is not None:
            self.keeping.close()
        self.training = self.keeping = None
        self.moment = -1

    def ask(self, text: str) -> msgspec.Struct:
        """Put a question to the training, or ask a lab by its spelling. Raises ValueError."""
        question = spelling.parse(text)
        if catalogue.stands_alone(question.kind):
            return answer_to(question, self.say)
        kinds = [each.spec.kind for each in self.lab.questions]
        if question.kind not in kinds:
            there = ", ".join(kinds) or "none"
            raise ValueError(f"{question.kind} is no question to {self.spec.kind}. There are: {there}.")
        return self.put(question)

    def put(self, question: Spec) -> msgspec.Struct:
        """Put a question to what was trained, as it is or as it was. Raises ValueError, RunError."""
        if self.training is None or self.keeping is None or not self.training.step:
            raise ValueError(f"{question.kind} is put to what was trained: type train first.")
        answer: msgspec.Struct = self.keeping.answer(question)
        return answer

    def _use(self, spec: Spec) -> None:
        self.close()
        self.spec = spec

    def _changed(self, text: str) -> str:
        """The spelling with the new settings in it."""
        kind = self.spec.kind
        new = _words(kind, text)
        edits = [word for word in new if "[" in word.partition("=")[0]]
        new = [word for word in new if word not in edits]
        if edits:
            new.append(self._edited(edits))
        names = {word.partition("=")[0] for word in new}
        kept = [word for word in shlex.split(spelling.spell(self.spec))[1:] if word.partition("=")[0] not in names]
        return shlex.join([kind, *kept, *new])

    def _edited(self, words: list[str]) -> str:
        """The setting `set` with these numbers set too."""
        if not hasattr(self.spec, "set"):
            raise ValueError(f"{self.spec.kind}: no single numbers can be set; settings lists what can be.")
        text = ",".join(":".join(word.split("=", 1)) for word in words)
        both: tuple[Edit, ...] = (*parse_edits(self.spec.set), *parse_edits(text))
        return f"set={spell_edits(both)}"


def _words(kind: str, text: str) -> list[str]:
    """The settings one by one. Raises ValueError."""
    if not text:
        raise ValueError(f"{kind}: write settings as name=value; settings lists what there is.")
    try:
        return shlex.split(re.sub(r"\s*=\s*", "=", text))
    except ValueError:
        raise ValueError(f"{kind}: {text!r} has a quotation mark that is not closed.") from None
