"""The sizes that lessons state are those of the labs on their pages, and what a key opens there is what is said."""

from torch.utils._python_dispatch import TorchDispatchMode

from tuilab.course.lesson import LabBlock
from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.labs import catalogue
from tuilab.labs.gradients.experiment import Training as Descent
from tuilab.labs.shapes.inside import inside
from tuilab.labs.shapes.spec import Example, Step
from tuilab.labs.spelling import parse


def lab_on(number: int, title: str):
    """What the lab of a page opens."""
    lesson = next(lesson for lesson in read_lessons(lessons_folder())[0] if lesson.number == number)
    page = next(page for page in lesson.pages() if page.title == title)
    return parse(next(part.spelling for part in page.segments if isinstance(part, LabBlock)))


def test_lesson_3_sizes_are_those_of_the_labs():
    spec = lab_on(3, "No loss at the first step, and yet it learns")
    assert (spec.hidden, spec.points) == (64, 12)


def opened(form: str, cell: str, hidden: int, steps: int) -> str:
    spec = parse(f"shapes form={form} cell={cell} hidden={hidden}")
    part = "encoder" if form == "encdec" else ""
    return inside(spec, Example(0, [Step(part, 0.0)] * steps, None, None, None), 0, "last", -1)[0].kind


def test_lesson_3_what_i_opens():
    for form in ("seq2seq", "seq2vec", "vec2seq"):
        assert opened(form, "gru", 8, 12) == "cell" and opened(form, "rnn", 8, 12) == "unroll"
        assert opened(form, "rnn", 9, 12) == opened(form, "rnn", 8, 13) == "cell"
    assert opened("encdec", "rnn", 8, 12) == "cell"


def test_lesson_4_sizes_are_those_of_the_labs():
    for title in ("What carries the gradient back", "A stack that does not learn"):
        spec = lab_on(4, title)
        assert (spec.network, spec.depth, spec.width) == ("stack", 20, 32)
    assert lab_on(4, "Cure: batch norm").batch == 64 and lab_on(4, "Too large").width == 32
    assert lab_on(4, "Deep in time").length == 50


class Counting(TorchDispatchMode):
    """Counts the operations of torch."""

    done = 0

    def __torch_dispatch__(self, function, types, arguments=(), more=None):
        self.done += 1
        return function(*arguments, **(more or {}))


def operations(spec) -> int:
    """How many a training step takes."""
    training = Descent(spec)
    training.advance()
    with Counting() as counting:
        training.advance()
    return counting.done


def test_lesson_4_long_inputs_are_more_work():
    short = lab_on(4, "Long inputs are slow")
    assert (short.length, short.steps) == (25, 1000)
    long = parse("gradients network=rnn activation=tanh length=200")
    first, last = operations(short), operations(long)
    assert 0.8 * 8 < last / first <= 8  # each time step takes as many operations as another, and some are for all


def test_lesson_6_sizes_are_those_of_the_labs():
    for title in ("Train it", "Let it go on by itself"):
        spec = lab_on(6, title)
        assert (spec.length, spec.batch, spec.hidden, spec.cell) == (30, 32, 32, "lstm")
    training = catalogue.part("forecast", "experiment").Training(spec)
    assert training.answer(parse("generate steps=1")).prompt == 30


def test_lesson_8_sizes_are_those_of_the_labs():
    assert lab_on(8, 'What people get wrong: "near means the same"').window == 5
