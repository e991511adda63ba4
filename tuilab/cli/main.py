"""The command `tuilab`. Everything heavy is imported by the command that needs it."""

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import tuilab
from tuilab.cli.errors import CommandError
from tuilab.cli.exerciseparser import add_exercise
from tuilab.cli.recordparser import add_records
from tuilab.cli.replacing import must_be_new
from tuilab.cli.wrapping import wrapped

_EPILOG = "A SPELLING is a lab and its settings in quotation marks: 'forecast cell=gru hidden=64 seed=7'."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 2 where the command was mistaken."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Unicode shows a question mark
    try:
        arguments = _parser().parse_args(argv)
        _restrict(arguments)
        status = arguments.act(arguments)
        if sys.stdout is not None:  # None where it was closed before we began
            sys.stdout.flush()
        return status
    except CommandError as error:
        print(wrapped(error.line, sys.stderr), file=sys.stderr)
        return 2
    except BrokenPipeError:
        _forget_output()
        return 0
    except OSError as error:
        _forget_output()
        where = f"{error.filename}: " if error.filename else ""
        print(f"tuilab: {where}{error.strerror or error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _restrict(arguments: argparse.Namespace) -> None:
    """Go into restricted mode, if it is asked for, before anything is read or started."""
    from tuilab.cli import restricted

    arguments.restricted = restricted.is_wanted(arguments, os.environ)
    if arguments.restricted:
        restricted.refuse(arguments)
        restricted.enclose(os.environ)


def _forget_output() -> None:
    """Whoever read our output has gone, as `head -1` does: leave without a word when Python flushes it."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line in one sentence."""
        raise CommandError(f"{self.prog}: {message}")


def _parser() -> _Parser:
    parser = _Parser(prog="tuilab", description=tuilab.__doc__, epilog=_EPILOG, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"tuilab {tuilab.__version__}")
    parser.set_defaults(act=_home, theme=None, mouse=False, frugal=None, ascii=None, plain=False, restricted=False)
    screen, json, spelling = _screen_options(), _json_option(), _spelling()
    _add_screen_options(parser)
    title = "commands, without one the screen opens"
    add = parser.add_subparsers(dest="command", metavar="COMMAND", title=title).add_parser
    add("open", help="open the screen at a lab", parents=[spelling, screen]).set_defaults(act=_open)
    lesson = add("lesson", help="open the screen at a lesson", parents=[screen])
    lesson.add_argument("number", metavar="N", type=int)
    lesson.set_defaults(act=_lesson)
    add("labs", help="list the labs and their settings", parents=[json]).set_defaults(act=_labs)
    add("lessons", help="list the lessons", parents=[json]).set_defaults(act=_lessons)
    glossary = add("glossary", help="say what a symbol or term means, and where it lives", parents=[json])
    glossary.add_argument("term", metavar="TERM", nargs="?", help="left out: all of them")
    glossary.set_defaults(act=_glossary)
    add("ask", help="ask a lab for its numbers", parents=[spelling, json]).set_defaults(act=_ask)
    run = add("run", help="train, and say each step", parents=[spelling, json])
    run.add_argument("--ask", metavar="QUESTION", help="put to what was trained, as 'generate steps=100'")
    run.add_argument("--keep", action="store_true", help="keep it, so that other labs can open what was trained")
    run.set_defaults(act=_run)
    fetch = add("fetch", help="fetch a corpus; without a name, say what there is", parents=[json])
    fetch.add_argument("name", metavar="NAME", nargs="?", help="such as text8")
    fetch.add_argument("--from", metavar="ADDRESS", dest="address", help="another place that has the same archive")
    fetch.add_argument("--shared", action="store_true", help="into the folder of the whole machine")
    fetch.set_defaults(act=_fetch)
    add("doctor", help="say what this terminal can do", parents=[screen, json]).set_defaults(act=_doctor)
    _add_vectors(add, json)
    add_records(add, json)
    add_exercise(add, json)
    check = add("check", help="check the lessons of a folder")
    check.add_argument("folder", metavar="FOLDER", nargs="?", help="left out: the lessons of tuilab itself")
    check.add_argument(
        "--numbers", action="store_true", help="also list numbers without a mark: all but small whole ones"
    )
    check.add_argument("--trust", action="store_true", help="run the exercises of FOLDER, which are code, too")
    check.set_defaults(act=_check)
    return parser


def _add_vectors(add: Any, json: argparse.ArgumentParser) -> None:
    add("vectors", help="list the word vectors that can be opened", parents=[json]).set_defaults(act=_vectors)
    convert = add("convert", help="convert a file of word vectors, so that it opens at once")
    convert.add_argument("file", metavar="FILE", help="word2vec's, GloVe's or gensim's; or last, or the name of a run")
    convert.add_argument("--to", metavar="OUT", help="left out: where vectors=FILE finds it")
    convert.add_argument("--force", action="store_true", help="replace OUT, where it is there already")
    convert.add_argument("--shared", action="store_true", help="for all learners of this machine")
    forms = ("word2vec", "binary", "glove", "gensim", "torch")
    others = "write a file for other programs instead; torch: of a run of forecast, the weights by torch's names"
    convert.add_argument("--as", dest="form", choices=forms, help=others)
    convert.add_argument("--trust", action="store_true", help="open a pickle of gensim's, which can run code")
    convert.set_defaults(act=_convert)


def _screen_options() -> _Parser:
    parser = _Parser(add_help=False)
    _add_screen_options(parser)
    return parser


def _add_screen_options(parser: argparse.ArgumentParser) -> None:
    """Add them without defaults: a command's default would undo what stands before the command."""
    left_out = argparse.SUPPRESS
    themes = ("dark", "light", "ansi")
    parser.add_argument("--theme", choices=themes, default=left_out, help="the colours of the screen")
    parser.add_argument("--mouse", action="store_true", default=left_out, help="let the mouse click too")
    either = argparse.BooleanOptionalAction
    parser.add_argument("--frugal", action=either, default=left_out, help="send little; found out over SSH")
    parser.add_argument("--ascii", action=either, default=left_out, help="draw in ASCII; found out from the locale")
    parser.add_argument("--plain", action="store_true", default=left_out, help="no screen: the same in plain lines")
    closed = "no way out of the program: for learners on a machine that is not theirs"
    parser.add_argument("--restricted", action="store_true", default=left_out, help=closed)


def _json_option() -> _Parser:
    parser = _Parser(add_help=False)
    parser.add_argument("--json", action="store_true", help="write JSON")
    return parser


def _spelling() -> _Parser:
    parser = _Parser(add_help=False)
    parser.add_argument("spelling", metavar="SPELLING", help="such as 'unroll seed=1'")
    return parser


def _choices(arguments: argparse.Namespace) -> dict[str, Any]:
    """How the screen is drawn; None where it is found out."""
    return {
        "theme": arguments.theme,
        "mouse": arguments.mouse,
        "frugal": arguments.frugal,
        "ascii_only": arguments.ascii,
        "restricted": arguments.restricted,
    }


def _home(arguments: argparse.Namespace) -> int:
    if arguments.plain:
        from tuilab.plain.launch import open_plain

        return open_plain()
    from tuilab.cli.screen import open_screen

    return open_screen(**_choices(arguments))


def _open(arguments: argparse.Namespace) -> int:
    from tuilab.cli.screen import lab_spec, open_lab

    if arguments.plain:
        from tuilab.plain.launch import open_plain

        return open_plain(opening=lab_spec(arguments.spelling))
    return open_lab(arguments.spelling, **_choices(arguments))


def _lesson(arguments: argparse.Namespace) -> int:
    from tuilab.cli.screen import lesson_number, open_lesson

    if arguments.plain:
        from tuilab.plain.launch import open_plain

        return open_plain(lesson=lesson_number(arguments.number))
    return open_lesson(arguments.number, **_choices(arguments))


def _labs(arguments: argparse.Namespace) -> int:
    from tuilab.cli.listing import list_labs

    return list_labs(arguments.json)


def _lessons(arguments: argparse.Namespace) -> int:
    from tuilab.cli.listing import list_lessons

    return list_lessons(arguments.json)


def _glossary(arguments: argparse.Namespace) -> int:
    from tuilab.cli.listing import list_terms

    return list_terms(arguments.term, arguments.json)


def _ask(arguments: argparse.Namespace) -> int:
    from tuilab.cli.headless import ask

    return ask(arguments.spelling, arguments.json)


def _run(arguments: argparse.Namespace) -> int:
    from tuilab.cli.headless import run

    return run(arguments.spelling, arguments.ask, arguments.json, arguments.keep)


def _fetch(arguments: argparse.Namespace) -> int:
    from tuilab.cli.fetch import fetch_corpus, list_sources

    if arguments.name is None:
        return list_sources(arguments.json)
    return fetch_corpus(arguments.name, arguments.address, arguments.shared)


def _doctor(arguments: argparse.Namespace) -> int:
    from tuilab.cli.doctor import examine

    return examine(_choices(arguments), arguments.json)


def _vectors(arguments: argparse.Namespace) -> int:
    from tuilab.cli.vectors import list_vectors

    return list_vectors(arguments.json)


def _convert(arguments: argparse.Namespace) -> int:
    if arguments.to is not None:
        must_be_new(arguments.to, arguments.force)
    if arguments.form == "torch":
        from tuilab.cli.torch_file import take_home

        return take_home(arguments.file, arguments.to, arguments.shared)
    from tuilab.cli.vectors import convert

    return convert(arguments.file, arguments.to, arguments.form, arguments.shared, arguments.trust)


def _check(arguments: argparse.Namespace) -> int:
    from tuilab.cli.listing import check_folder

    return check_folder(arguments.folder, arguments.numbers, arguments.trust)
