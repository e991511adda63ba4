"""The commands of `tuilab exercise`."""

import argparse
from typing import Any


def add_exercise(add: Any, json: argparse.ArgumentParser) -> None:
    """Add them; without one of them `tuilab exercise` lists the exercises."""
    exercise = add("exercise", help="write the exercises in an editor of your own, and check them", parents=[json])
    exercise.set_defaults(act=_list)
    title = "actions, list without one"
    action = exercise.add_subparsers(dest="action", metavar="ACTION", title=title).add_parser
    action("list", help="list the exercises, and how far you are", parents=[json]).set_defaults(act=_list)
    _named(action, "start", "begin your file, and say where it is", _start)
    check = action("check", help="check your file; exit status 1 where it is not right", parents=[json])
    check.add_argument("name", metavar="NAME", nargs="?", help="left out: the file that was saved last")
    check.add_argument("--watch", action="store_true", help="check again whenever it is saved, until ctrl+c")
    check.set_defaults(act=_check)
    _named(action, "hint", "show the next hint, of three", _hint)
    _named(action, "solution", "show a solution, beside your file where there is room", _solution)
    _named(action, "reset", "begin anew; what you wrote is kept aside", _reset)


def _named(action: Any, name: str, help: str, act: Any) -> None:
    parser = action(name, help=help)
    parser.add_argument("name", metavar="NAME", help="such as window, or 07-milk/window")
    parser.set_defaults(act=act)


def _list(arguments: argparse.Namespace) -> int:
    from tuilab.cli.exercise import list_exercises

    return list_exercises(arguments.json)


def _start(arguments: argparse.Namespace) -> int:
    from tuilab.cli.exercise import start

    return start(arguments.name)


def _check(arguments: argparse.Namespace) -> int:
    from tuilab.cli.exercise import check

    return check(arguments.name, arguments.watch, arguments.json)


def _hint(arguments: argparse.Namespace) -> int:
    from tuilab.cli.exercise import hint

    return hint(arguments.name)


def _solution(arguments: argparse.Namespace) -> int:
    from tuilab.cli.exercise import solution

    return solution(arguments.name)


def _reset(arguments: argparse.Namespace) -> int:
    from tuilab.cli.exercise import reset

    return reset(arguments.name)
