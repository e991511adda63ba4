"""A real OpenSSH server on the loopback, as the current user, with its keys and configuration in a folder of its own.

It needs Debian's openssh-server and openssh-client, and no rights: the system's own server is neither used nor
changed.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "This needs a real SSH server: install Debian's packages openssh-server and openssh-client."
SEPARATION = Path("/run/sshd")  # an empty folder that a server which runs as root insists on
PATIENCE = 10.0  # seconds until a server that does not listen has failed

CONFIGURATION = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
PrintMotd no
PrintLastLog no
MaxStartups 200
"""


def sshd_path() -> str | None:
    """Where the server's program is, which is not on every path; None where it or the client is missing."""
    found = shutil.which("sshd", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")))
    return found if shutil.which("ssh") and shutil.which("ssh-keygen") else None


class Server:
    """A server that listens on `port`; `command` says how to run something through it."""

    def __init__(self, folder: Path) -> None:
        path = sshd_path()
        if path is None:
            raise FileNotFoundError(MISSING)
        if os.geteuid() == 0:
            SEPARATION.mkdir(mode=0o755, exist_ok=True)
        self.folder, self.port = folder, _free_port()
        for name in ("host_key", "user_key"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(command, check=True)
        self._configuration = folder / "sshd_config"
        self._configuration.write_text(CONFIGURATION.format(port=self.port, folder=folder))
        # newer servers turn away for a while a client that was killed as it logged in
        options = ["-f", str(self._configuration)]
        lenient = [*options, "-o", "PerSourcePenalties=no"]
        if subprocess.run([path, "-t", *lenient], capture_output=True, check=False).returncode == 0:
            options = lenient
        self._process = subprocess.Popen([path, "-D", "-E", str(folder / "log"), *options])
        self._wait_until_it_listens()

    def command(self, remote: str, port: int | None = None) -> list[str]:
        """Run a shell's command on a terminal there; `port` where the way leads through a relay."""
        options = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "LogLevel": "ERROR",
            "EscapeChar": "none",
        }
        settings = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        way = ["-p", str(port or self.port), "-i", str(self.folder / "user_key"), "127.0.0.1"]
        return ["ssh", "-tt", "-F", "none", *settings, *way, remote]

    def log(self) -> str:
        """What the server has said."""
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def close(self) -> None:
        """End the server; sessions go on until their lines end."""
        self._process.terminate()
        self._process.wait()

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.close()
                    raise RuntimeError(f"The SSH server did not start: {self.log()}") from None
                time.sleep(0.01)


@contextmanager
def server() -> Iterator[Server]:
    """A server for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="tuilab-sshd-") as folder:
        started = Server(Path(folder))
        try:
            yield started
        finally:
            started.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
