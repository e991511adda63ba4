"""The shapes lab in plain mode."""

from typing import Any

from tuilab.labs.shapes.code import code as _code
from tuilab.labs.shapes.spec import HELD_OUT, Example, Shapes, ShapesShow, ShapesView, Step
from tuilab.labs.shapes.told import TITLES, of_step, standing, which

EXAMPLES = {"lab": "inputs", "set": "cell=lstm", "ask": "attempt own=0,0.5,0.87,1,0.87", "why": "3 t=11"}


def code(spec: Shapes, view: ShapesView) -> str:
    """The same training in plain torch."""
    return _code(spec)


def told(answer: object) -> str:
    """How well the network does; of an example, how it went."""
    if isinstance(answer, ShapesView):
        return f"{TITLES[answer.form].capitalize()}. On {_counted(answer)}: {standing(answer)}."
    if isinstance(answer, Example):
        return f"{which(answer, '')}.".replace(", :", ":").capitalize()
    return ""


def _counted(view: ShapesView) -> str:
    return f"{HELD_OUT} examples that it was not trained on, after {view.step:,} training steps"


def brief(answer: Any) -> Any:
    """The worst example step by step, in place of many."""
    if isinstance(answer, ShapesView):
        steps = [_row(step) for step in answer.worst[0].steps]
        return {"parameters": answer.parameters, "inputs": answer.inputs, "targets": answer.targets, "worst": steps}
    if isinstance(answer, Example):
        return {"steps": [_row(step) for step in answer.steps]}
    return answer


def _row(step: Step) -> dict[str, Any]:
    """A step as a row of a table."""
    values = {"given": step.given, "said": step.said, "target": step.target, "loss": step.loss}
    part = {"part": step.part} if step.part else {}
    return part | {name: "-" if value is None else value for name, value in values.items()}


def why(spec: Shapes, view: ShapesView, name: str, show: ShapesShow | None) -> str:
    """Write out a step of an example by their numbers: `3 t=11` is example 3 at its step 11."""
    number, _, time = name.replace("t=", " ").strip().partition(" ")
    try:
        example, t = view.examples[int(number)], int(time or -1)
        if t >= len(example.steps):
            raise IndexError
    except (ValueError, IndexError):
        raise ValueError(
            f"shapes: {name!r} is no step of an example here; write why 3 t=11: examples 0 to "
            f"{len(view.examples) - 1}, steps 0 to {len(view.examples[0].steps) - 1}."
        ) from None
    return f"{which(example, f'{number} as drawn')}. {of_step(example, t % len(example.steps))}."


def compared(view: ShapesView) -> dict[str, Any]:
    """What is told of a change of settings."""
    return {"parameters": view.parameters, "inputs": view.inputs, "targets": view.targets}


def look(show: ShapesShow) -> str:
    """The command that tells what a page wants to be looked at."""
    return "lab"
