"""Training in this process, by the step."""

from tuilab.labs.direct import Outcome, train
from tuilab.labs.run import Diverged, Metrics


class Scripted:
    """A training that only counts, and breaks after `breaks` steps."""

    def __init__(self, breaks: int = 99) -> None:
        self.step, self.total, self.breaks = 0, 10, breaks

    def advance(self) -> Metrics:
        if self.step == self.breaks:
            raise Diverged("It broke.")
        self.step += 1
        return Metrics(self.step, 1 / self.step, 0.0)


def outcome(run: Scripted, until: int, stops_at: int = 99) -> tuple[Outcome, list[int]]:
    told: list[int] = []
    ended = train(run, until, lambda metrics, _: told.append(metrics.step), lambda: run.step == stops_at)
    return ended, told


def test_it_trains_up_to_a_step_and_goes_on_from_there() -> None:
    run = Scripted()
    first, told = outcome(run, 4)
    assert (first.reason, first.loss, told) == ("done", 1 / 4, [1, 2, 3, 4])
    assert outcome(run, 6)[1] == [5, 6] and outcome(run, 6)[0].loss is None


def test_it_stops_between_two_steps() -> None:
    ended, told = outcome(Scripted(), 10, stops_at=3)
    assert (ended.reason, told) == ("stopped", [1, 2, 3])


def test_a_training_that_breaks_keeps_what_it_had() -> None:
    ended, told = outcome(Scripted(breaks=2), 10)
    assert (ended.reason, ended.sentence, ended.loss, told) == ("diverged", "It broke.", 1 / 2, [1, 2])
