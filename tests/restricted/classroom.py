"""The recipe of docs/CLASSROOM.md for the length of a test run: its sshd file as it is, two learners, and an sshd.

It is made only where nothing of a classroom is there, and leaves nothing behind.
"""

import grp
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.restricted.support import CHECKOUT, make_environment
from tests.restricted.watch import Log
from tests.support.terminal import PATIENCE, Terminal

SNIPPET = CHECKOUT / "docs/classroom/sshd_tuilab.conf"
PROGRAM, KEYS, GROUP = Path("/opt/tuilab"), Path("/etc/ssh/learners"), "learners"
LEARNERS = ("tuilab-ada", "tuilab-ben")
TOOLS = ("sshd", "ssh", "scp", "sftp", "ssh-keygen", "ssh-agent", "useradd", "userdel", "groupadd")
_NEEDED = (CHECKOUT, Path(sysconfig.get_path("purelib")))
# What an administrator may have opened for everybody; the recipe has to close it again for learners.
OPEN = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
UsePAM no
StrictModes yes
Subsystem sftp internal-sftp
AcceptEnv *
AllowTcpForwarding yes
AllowAgentForwarding yes
X11Forwarding yes
PermitTunnel yes
GatewayPorts yes
Include {snippet}
"""


def missing() -> str | None:
    """Why there can be no classroom here, if there can be none."""
    if sys.platform != "linux" or os.getuid() != 0:
        return "only root can run an sshd that lets learners in"
    os.environ["PATH"] += ":/usr/sbin"
    if tools := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"not installed: {', '.join(tools)}"
    if PROGRAM.exists() or KEYS.exists():
        return f"{PROGRAM} or {KEYS} is there: a classroom that works is left alone"
    if _base() is None:
        return "no Python of this version that other accounts can start"
    if closed := [str(path) for path in _NEEDED if not _others_can_read(path)]:
        return f"other accounts cannot read {' and '.join(closed)}"
    return None


def _others_can_read(path: Path) -> bool:
    """Whether an account without rights gets at what is in a folder; only what is ours can be opened for it."""
    return all(each.stat().st_mode & 0o005 == 0o005 for each in (path, *path.parents))


def _base() -> str | None:
    """A Python of this version that an account without rights can start."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for path in (getattr(sys, "_base_executable", sys.executable), f"/usr/bin/python{version}"):
        try:
            if subprocess.run((path, "-c", ""), user=65534, check=False, cwd="/", capture_output=True).returncode == 0:
                return path
        except OSError:
            continue
    return None


class Classroom:
    """A running sshd, and what its learners do."""

    def __init__(self, folder: Path, port: int, log: Log) -> None:
        self.folder, self.port, self.log = folder, port, log

    def options(self, learner: str) -> list[str]:
        """What every client needs to get in as a learner."""
        settings = ("StrictHostKeyChecking=no", "BatchMode=yes", f"UserKnownHostsFile={self.folder}/known")
        given = [word for setting in (*settings, f"Port={self.port}", f"User={learner}") for word in ("-o", setting)]
        return ["-F", "none", "-i", str(self.folder / "key"), *given, "-o", "LogLevel=ERROR"]

    def ssh(self, *words: str, learner: str = LEARNERS[0], **environ: str) -> subprocess.CompletedProcess[str]:
        """Run ssh without a terminal; options come before the host, a command behind `--`."""
        at = words.index("--") if "--" in words else len(words)
        command = ["ssh", *self.options(learner), *words[:at], "127.0.0.1", *words[at + 1 :]]
        return self.client(*command, **environ)

    def client(self, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run any client."""
        given = os.environ | environ
        nothing = subprocess.DEVNULL
        return subprocess.run(
            command, stdin=nothing, capture_output=True, text=True, timeout=PATIENCE, check=False, env=given
        )

    @contextmanager
    def login(self, *words: str, learner: str = LEARNERS[0], **environ: str) -> Iterator[Terminal]:
        """Log in on a terminal."""
        at = words.index("--") if "--" in words else len(words)
        command = ["ssh", "-tt", *words[:at], *self.options(learner), "127.0.0.1", *words[at + 1 :]]
        terminal = Terminal(command, 80, 24, {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"} | environ)
        try:
            yield terminal
        finally:
            terminal.close()


@contextmanager
def classroom(folder: Path) -> Iterator[Classroom]:
    """Set it up by the recipe, and take it away again."""
    folder.chmod(0o755)
    for parent in folder.parents:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    log = folder / "log"
    log.touch()
    log.chmod(0o666)
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, PROGRAM, ignore_errors=True)
        make_environment(PROGRAM, log, _base() or "")
        _make_learners(folder, undo)
        yield Classroom(folder, _serve(folder, undo), Log(log))


def _make_learners(folder: Path, undo: ExitStack) -> None:
    try:
        grp.getgrnam(GROUP)
    except KeyError:
        subprocess.run(("groupadd", GROUP), check=True)
        undo.callback(subprocess.run, ("groupdel", GROUP), check=False)
    undo.callback(shutil.rmtree, KEYS, ignore_errors=True)
    KEYS.mkdir(mode=0o755)
    subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "key")), check=True)
    for name in LEARNERS:
        make = ("useradd", "-m", "-K", "HOME_MODE=0700", "-G", GROUP, "-s", "/bin/sh", "-p", "*", name)
        subprocess.run(make, check=True, capture_output=True)
        undo.callback(subprocess.run, ("userdel", "-rf", name), check=False, capture_output=True)
        shutil.copy(folder / "key.pub", KEYS / name)
        (KEYS / name).chmod(0o644)


def _serve(folder: Path, undo: ExitStack) -> int:
    """Start an sshd on a port that is free, and wait until it takes connections; the port."""
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "host")), check=True)
    configuration = folder / "sshd_config"
    configuration.write_text(OPEN.format(port=port, folder=folder, snippet=SNIPPET))
    daemon = subprocess.Popen(
        (str(shutil.which("sshd")), "-D", "-e", "-f", str(configuration)), stderr=subprocess.PIPE, text=True
    )
    undo.callback(daemon.wait)
    undo.callback(daemon.terminate)
    assert daemon.stderr is not None
    told = ""
    while "Server listening" not in told:
        told = daemon.stderr.readline()
        assert told, "sshd did not start"
    return port
