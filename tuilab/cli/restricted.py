"""Restricted mode: a learner has this program and nothing else. See SECURITY.md and docs/CLASSROOM.md.

What is here holds for the process and for all that it starts: few environment variables, new files for the learner's
eyes alone, no core dumps, bounded files and threads, and no way to gain privileges. What the screen leaves out is in
`ui/restricted.py`. The command that a client asks sshd for is never looked at.
"""

import argparse
import os
import resource
import signal
import sys
from collections.abc import MutableMapping

from tuilab.cli.errors import CommandError
from tuilab.records.folders import RESTRICTED

SWITCH = RESTRICTED
# Others need a thought first.
COMMANDS = (None, "open", "lesson", "labs", "lessons", "ask", "run", "check", "doctor")
KEPT = (SWITCH, "HOME", "USER", "LOGNAME", "TERM", "COLORTERM", "NO_COLOR", "LANG", "SSH_CONNECTION", "SSH_TTY")
PROGRAMS = "/usr/bin:/bin"
LARGEST_FILE = 128 << 20  # bytes; the largest state of forecast has 84 MiB, that of words on text8, by default, 82
MORE_THREADS = 64  # the screen and its worker have 6 together
PR_SET_NO_NEW_PRIVS = 38


def is_wanted(arguments: argparse.Namespace, environ: MutableMapping[str, str]) -> bool:
    """Whether the option or the environment asks for it: the recipe sets both, a learner can leave out neither."""
    return arguments.restricted or environ.get(SWITCH, "0") not in ("", "0")


def refuse(arguments: argparse.Namespace) -> None:
    """Refuse commands that reach files of the caller's choice. Raises CommandError."""
    if arguments.command not in COMMANDS:
        raise CommandError(f"tuilab {arguments.command} is not there in restricted mode.")
    if getattr(arguments, "folder", None) is not None:
        raise CommandError("tuilab check reads no other folder in restricted mode; without one it checks the lessons.")


def enclose(environ: MutableMapping[str, str]) -> None:
    """Give up what a learner has no use for."""
    from tuilab.exercises.limits import lower, threads_of

    keep_little(environ)
    os.umask(0o077)
    for number in (signal.SIGTSTP, signal.SIGQUIT):  # ctrl+z and ctrl+\ until the screen has the keys
        signal.signal(number, signal.SIG_IGN)
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_FSIZE, LARGEST_FILE)
    if sys.platform == "linux":
        lower(resource.RLIMIT_NPROC, threads_of(os.getuid()) + MORE_THREADS)
        _gain_no_privileges()


def keep_little(environ: MutableMapping[str, str]) -> None:
    """Leave of the environment what the screen needs: not what chooses files, programs, libraries or a driver."""
    for name in list(environ):
        if name not in KEPT and not name.startswith("LC_"):
            del environ[name]
    environ["PATH"] = PROGRAMS
    environ[SWITCH] = "1"


def _gain_no_privileges() -> None:
    """From here on no program gets more rights by its set-user-id bit: no sudo, no su."""
    import ctypes

    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise CommandError("The kernel does not let tuilab give up gaining privileges; it does not open restricted.")
