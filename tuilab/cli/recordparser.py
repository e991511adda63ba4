"""The commands of `tuilab records`."""

import argparse
from typing import Any

from tuilab.cli.errors import CommandError


def add_records(add: Any, json: argparse.ArgumentParser) -> None:
    """Add them; without one of them `tuilab records` lists the runs."""
    records = add("records", help="list, show, export and prune what is kept of you", parents=[json])
    records.set_defaults(act=_list)
    action = records.add_subparsers(dest="action", metavar="ACTION", title="actions, list without one").add_parser
    action("list", help="list the runs, and the room they take", parents=[json]).set_defaults(act=_list)
    _of_a_run(action, "show", "say everything about a run", _show, parents=[json])
    export = _of_a_run(action, "export", "write a run to a file; as program a SPELLING too", _export)
    export.add_argument(
        "--as", dest="form", metavar="FORM", required=True, help="program, csv, svg, ...; a wrong one lists all"
    )
    _to(export, required=True)
    name = _of_a_run(action, "name", "give a run a name", _name)
    name.add_argument("title", metavar="TITLE", help="'' takes it away")
    note = _of_a_run(action, "note", "note something of a run", _note)
    note.add_argument("text", metavar="TEXT", help="'' takes it away")
    _of_a_run(action, "delete", "delete a run", _delete)
    prune = action("prune", help="delete the oldest runs; those with a name or notes stay", parents=[json])
    prune.add_argument("--keep", metavar="N", type=_count, help="so many of the newest stay")
    prune.add_argument("--size", metavar="MB", type=_count, help="the newest stay, up to so many megabytes")
    prune.add_argument("--damaged", action="store_true", help="delete what was damaged and set aside, too")
    prune.set_defaults(act=_prune)
    notes = action("notes", help="answers and notes as Markdown")
    _to(notes, help="left out: they are printed")
    notes.set_defaults(act=_notes)
    hand_in = action("hand-in", help="write one file for a teacher: lessons, answers, hints, runs")
    _to(hand_in, required=True)
    hand_in.add_argument("--name", metavar="NAME", default="", help="yours, as the teacher knows it")
    hand_in.set_defaults(act=_hand_in)
    read = action("read", help="read what learners have handed in: a table, or all of one", parents=[json])
    read.add_argument("files", metavar="FILE", nargs="+")
    read.set_defaults(act=_read)


def _of_a_run(action: Any, name: str, help: str, act: Any, **options: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = action(name, help=help, **options)
    parser.add_argument("run", metavar="RUN", help="last, its name or the beginning of it, or the one you gave it")
    parser.set_defaults(act=act)
    return parser


def _to(parser: argparse.ArgumentParser, **options: Any) -> None:
    parser.add_argument("--to", metavar="FILE", **options)
    parser.add_argument("--force", action="store_true", help="replace FILE, where it is there already")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise CommandError(f"{text} is not allowed: write a whole number, 0 or more.")
    return int(text)


def _list(arguments: argparse.Namespace) -> int:
    from tuilab.cli.records import list_runs

    return list_runs(arguments.json)


def _show(arguments: argparse.Namespace) -> int:
    from tuilab.cli.records import show_run

    return show_run(arguments.run, arguments.json)


def _export(arguments: argparse.Namespace) -> int:
    from tuilab.cli.records import export_run

    return export_run(arguments.run, arguments.form, arguments.to, arguments.force)


def _name(arguments: argparse.Namespace) -> int:
    from tuilab.cli.records import name_run

    return name_run(arguments.run, arguments.title)


def _note(arguments: argparse.Namespace) -> int:
    from tuilab.cli.records import note_run

    return note_run(arguments.run, arguments.text)


def _delete(arguments: argparse.Namespace) -> int:
    from tuilab.cli.records import delete_run

    return delete_run(arguments.run)


def _prune(arguments: argparse.Namespace) -> int:
    from tuilab.cli.records import prune

    return prune(arguments.keep, arguments.size, arguments.damaged, arguments.json)


def _notes(arguments: argparse.Namespace) -> int:
    from tuilab.cli.handin import write_notes

    return write_notes(arguments.to, arguments.force)


def _hand_in(arguments: argparse.Namespace) -> int:
    from tuilab.cli.handin import write_hand_in

    return write_hand_in(arguments.to, arguments.name, arguments.force)


def _read(arguments: argparse.Namespace) -> int:
    from tuilab.cli.handin import read_hand_ins

    return read_hand_ins(arguments.files, arguments.json)
