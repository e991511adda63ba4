"""The skipgram lab in plain mode."""

import re
from typing import Any

import msgspec

from tuilab.labs.skipgram.arithmetic import agreement, explain, told_of_draw
from tuilab.labs.skipgram.code import code as _code
from tuilab.labs.skipgram.spec import Skipgram, SkipgramShow, SkipgramTrace
from tuilab.widgets.blocks import Cell

EXAMPLES = {"lab": "draws", "set": "updates=1", "edit": "v[0,1,0]=2", "why": "sigma[bone]"}
KEYS = "m is set model=cbow, v is lab du and lab other"

_OF_DRAWS = {
    "P": "P", "probability": "P", "score": "u·h", "off": "logkP", "logit": "logit", "sigma": "σ", "label": "label",
    "error": "error", "loss": "loss",
}  # fmt: skip
_ROWS = {"v": "v", "dv": "dv", "v_after": "v after", "u": "u", "du": "du", "u_after": "u after"}
_NAME = re.compile(r"(?:draws\[(?P<draw>\d+)\]\.)?(?P<name>\w+)(?P<place>(?:\[[^\[\]]+\])*)")
_HOW = "write one as sigma[bone], score[0], u[bone,1], dv[dog,2], v_after[dog,0] or h[3]"


def why(spec: Skipgram, view: SkipgramTrace, name: str, show: SkipgramShow | None) -> str:
    """Write out `sigma[bone]`, `draws[2].loss`, `u[bone,1]` or `dh[0]`. Raises ValueError with a sentence."""
    found = _NAME.fullmatch(name)
    if found is not None:
        place = [part.strip() for part in re.split(r"[\[\],]+", found["place"]) if part.strip()]
        if found["draw"]:
            place.insert(0, found["draw"])
        if found["name"] in _OF_DRAWS and len(place) == 1:
            return _of_draw(view, _OF_DRAWS[found["name"]], place[0])
        if found["name"] in ("h", "dh") and len(place) == 1:
            return explain(view, "backwards", Cell(found["name"], 0, _dimension(view, place[0])))[0]
        if found["name"] in _ROWS and len(place) == 2:
            block = _ROWS[found["name"]]
            words = view.v_words if "v" in block else view.u_words
            return explain(view, "backwards", Cell(block, _row(words, place[0]), _dimension(view, place[1])))[0]
    asked = f"there is no number {name!r}. " if name else ""
    raise ValueError(f"skipgram: {asked}There are {', '.join([*_OF_DRAWS, *_ROWS, 'h', 'dh'])}: {_HOW}.")


def look(show: SkipgramShow) -> str:
    """The command that tells what a page wants to be looked at."""
    cell = Cell.parse(show.cursor)
    if cell is None:
        return {"forwards": "lab draws", "backwards": "lab du", "both": "lab other"}[show.view]
    if cell.block in ("h", "dh"):
        return f"why {cell.block}[{cell.column}]"
    if cell.block in _ROWS.values():
        return f"lab {cell.block.replace(' ', '_')}"
    return "lab draws"


def code(spec: Skipgram, view: SkipgramTrace) -> str:
    """The update in plain torch, with its numbers."""
    return _code(view)


def told(answer: object) -> str:
    """What is to predict what; what the arrays are; how far the gradients by hand are from autograd's."""
    if not isinstance(answer, SkipgramTrace):
        return ""
    other = "nce" if answer.criterion == "negative" else "negative"
    return (
        f"{', '.join(answer.given)} predicts {answer.draws[0].word}, against {len(answer.draws) - 1} noise words. "
        f"The rows of v are {', '.join(answer.v_words)}; those of u {', '.join(answer.u_words)}; "
        f"other has the same draws with loss={other}. Gradients by hand and by {agreement(answer)}. "
        f"set updates={answer.update + 1} goes on to the next update."
    )


def compared(view: SkipgramTrace) -> dict[str, Any]:
    """What is told of an edit: the vectors, and what is computed of each draw."""
    numbers: dict[str, Any] = msgspec.to_builtins(view)
    told = {name: numbers[name] for name in ("v", "h", "u", "loss", "dh", "dv", "du")}
    return told | {name: [draw[name] for draw in numbers["draws"]] for name in ("score", "sigma", "error")}


def _of_draw(view: SkipgramTrace, column: str, place: str) -> str:
    if column == "logit" and view.criterion == "negative":
        column = "u·h"  # the score is the logit
    if column == "logkP" and view.criterion == "negative":
        raise ValueError("skipgram: negative sampling takes nothing off the score; set loss=nce does.")
    return told_of_draw(view, view.criterion, view.draws[_row([draw.word for draw in view.draws], place)], column)


def _row(words: list[str], place: str) -> int:
    """The first row of a word, or the row of a number. Raises ValueError with a sentence."""
    if place.lower() in words:
        return words.index(place.lower())
    if place.isdecimal() and int(place) < len(words):
        return int(place)
    raise ValueError(
        f"skipgram: there is no row {place!r} here; the rows are {', '.join(words)}, or 0 to {len(words) - 1}."
    )


def _dimension(view: SkipgramTrace, place: str) -> int:
    if not (place.isdecimal() and int(place) < len(view.h)):
        raise ValueError(f"skipgram: there is no dimension {place!r}; they go from 0 to {len(view.h) - 1}.")
    return int(place)
