"""Where the kernel can (Linux with Landlock), a process gives up writing outside its own folder, for good.

It is a guard against accidents, as `shutil.rmtree` of the wrong folder is: everything can still be read. Where the
kernel knows how, it also gives up the network and signals to processes that it has not started.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

PR_SET_NO_NEW_PRIVS = 38
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on all machines that Linux still gains
_WANTED_VERSION, _BENEATH = 1, 1
_WRITING = sum(1 << bit for bit in (1, 4, 5, 6, 7, 8, 9, 10, 11, 12))  # write, remove, and make of every kind
_REFER, _TRUNCATE = 1 << 13, 1 << 14  # from versions 2 and 3
_NETWORK = 0b11  # bind and connect over TCP, from version 4
_SCOPES = 0b11  # abstract sockets and signals, from version 6


def version() -> int:
    """Which version of Landlock the kernel has; 0 where it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE, None, 0, _WANTED_VERSION))


def write_only_in(folder: Path) -> bool:
    """Give up writing elsewhere; whether the kernel could do so."""
    known = version()
    if not known:
        return False
    rights = _WRITING | (_REFER if known >= 2 else 0) | (_TRUNCATE if known >= 3 else 0)
    fields = (rights, _NETWORK if known >= 4 else 0, _SCOPES if known >= 6 else 0)
    attribute = struct.pack("QQQ", *fields)[: 24 if known >= 6 else 16 if known >= 4 else 8]
    rules = _call(_CREATE, attribute, len(attribute), 0)
    if rules < 0:
        return False
    try:
        for place, allowed in ((folder, rights), (Path(os.devnull), 1 << 1)):
            _allow(rules, place, allowed)
        gave_up = ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        return gave_up and _call(_RESTRICT, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, place: Path, rights: int) -> None:
    opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
    try:
        _call(_ADD, rules, _BENEATH, struct.pack("=Qi", rights, opened), 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: int | bytes | None) -> int:
    result: int = ctypes.CDLL(None, use_errno=True).syscall(number, *arguments)
    return result
