"""What a learner can try over the line, on the recipe as it stands in docs/CLASSROOM.md, with a real sshd."""

import pwd
import shutil
import socket
import subprocess
from pathlib import Path

import psutil
import pytest

from tests.restricted.classroom import LEARNERS, classroom, missing
from tests.restricted.clients import agent, forwarding, nobody_came

pytestmark = pytest.mark.slow

ONLY_THE_SCREEN = "Here there is tuilab's screen and nothing else"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory):
    if reason := missing():
        pytest.skip(f"no classroom here: {reason}")
    with classroom(tmp_path_factory.mktemp("classroom")) as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_else_runs(room):
    """Whatever was tried: no program but tuilab was started, and nothing was written outside of the home folders."""
    room.log.clear()
    yield
    for executable, arguments, *_ in room.log.started:
        assert "tuilab.worker" in arguments, (executable, arguments)
    homes = tuple(pwd.getpwnam(name).pw_dir for name in LEARNERS)
    outside = {path for path in room.log.written if not path.startswith(homes)}
    assert outside <= {"/dev/null", "/dev/tty", "/proc/self/autogroup", str(room.log.path)}, outside
    assert not room.log.lines


def programs_of(learner: str) -> set[str]:
    """The programs that run for a learner, without sshd's own."""
    found = [process.info for process in psutil.process_iter(["username", "cmdline"])]
    lines = [" ".join(each["cmdline"]) for each in found if each["username"] == learner and each["cmdline"]]
    return {line for line in lines if not line.startswith("sshd:")}


def screen_of(learner: str) -> psutil.Process:
    """The process that draws for a learner."""
    found = psutil.process_iter(["username", "cmdline"])
    return next(
        each for each in found if each.info["username"] == learner and "--restricted" in (each.info["cmdline"] or [])
    )


@pytest.mark.parametrize("learner", LEARNERS)
def test_a_learner_has_tuilab_and_nothing_else(room, learner) -> None:
    with room.login(learner=learner) as terminal:
        terminal.until("LESSONS")
        terminal.press("j", "\r")
        terminal.until("After this lesson")
        terminal.until(lambda text: "torch is loading" not in text)
        assert programs_of(learner) == {
            "/opt/tuilab/bin/python -I -m tuilab --restricted",
            "/opt/tuilab/bin/python -I -m tuilab.worker",
        }
        family = [process for process in psutil.process_iter() if process.username() == learner]
        terminal.press("\x11")
        psutil.wait_procs(family, 10)
    assert not programs_of(learner)
    home = Path(pwd.getpwnam(learner).pw_dir)
    assert home.stat().st_mode & 0o077 == 0
    assert (home / ".local/share/tuilab/progress.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_terminal_that_cannot_be_drawn_on_has_plain_lines_and_nothing_else(room) -> None:
    with room.login(TERM="dumb") as terminal:
        terminal.until("> ")
        assert programs_of(LEARNERS[0]) == {"/opt/tuilab/bin/python -I -m tuilab --restricted"}
        terminal.press("q\r")
        terminal.until(lambda _: not programs_of(LEARNERS[0]))


@pytest.mark.parametrize(
    "command", ["/bin/sh", "x; sh", "/bin/sh -c id", "`id`", "$(id)", "2", "lesson 2", "check /etc"]
)
def test_a_command_is_not_run(room, command) -> None:
    done = room.ssh("--", command)
    assert (done.returncode, done.stdout) == (2, "") and ONLY_THE_SCREEN in done.stderr


@pytest.mark.parametrize("command", ["/bin/sh", "x; sh", "lesson 2", "check /etc"])
def test_on_a_terminal_a_command_opens_home_like_none(room, command) -> None:
    with room.login("--", command) as terminal:
        terminal.until("LESSONS")
        terminal.press("\x11")


@pytest.mark.parametrize("name", ["sftp", "internal-sftp", "/bin/sh"])
def test_a_subsystem_is_not_there(room, name) -> None:
    done = room.ssh("-s", "--", name)
    assert done.returncode != 0 and done.stdout == ""


@pytest.mark.parametrize("old", [[], ["-O"]])
def test_scp_takes_and_brings_nothing(room, old, tmp_path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    mine.write_text("mine")
    options = [*old, *room.options(LEARNERS[0])]
    assert room.client("scp", *options, str(mine), "127.0.0.1:mine").returncode != 0
    assert room.client("scp", *options, "127.0.0.1:/etc/passwd", str(theirs)).returncode != 0
    assert not theirs.exists()
    assert not Path(pwd.getpwnam(LEARNERS[0]).pw_dir, "mine").exists()


def test_sftp_is_closed(room) -> None:
    done = room.client("sftp", *room.options(LEARNERS[0]), "127.0.0.1")
    assert done.returncode != 0 and "sftp>" not in done.stdout


@pytest.fixture
def behind():
    """A server on this machine that a learner wants to reach; it says whether anybody came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_no_port_is_forwarded_from_the_client(room, behind, port) -> None:
    to = behind.getsockname()[1]
    with forwarding(room, "-L", f"{port}:127.0.0.1:{to}") as told:
        with socket.create_connection(("127.0.0.1", port), 10) as line:
            assert line.recv(1) == b""
        told.until("administratively prohibited")
    assert nobody_came(behind)


def test_no_port_is_forwarded_by_socks(room, behind, port) -> None:
    to = behind.getsockname()[1]
    with forwarding(room, "-D", str(port)) as told, socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(b"\x05\x01\x00")
        assert line.recv(2) == b"\x05\x00"
        line.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + to.to_bytes(2, "big"))
        told.until("administratively prohibited")
    assert nobody_came(behind)


@pytest.mark.parametrize("what", ["{port}:127.0.0.1:22", "/tmp/tuilab-socket:127.0.0.1:22"])
def test_no_port_or_socket_is_opened_on_the_machine(room, port, what) -> None:
    done = room.ssh("-N", "-o", "ExitOnForwardFailure=yes", "-R", what.format(port=port))
    assert done.returncode == 255 and "remote port forwarding failed" in done.stderr
    assert not Path("/tmp/tuilab-socket").exists()


def test_no_tunnel_and_no_other_host(room) -> None:
    assert room.ssh("-W", "127.0.0.1:22", "-o", "ExitOnForwardFailure=yes").returncode == 255
    assert room.ssh("-N", "-w", "7:7", "-o", "ExitOnForwardFailure=yes").returncode == 255


def test_neither_agent_nor_x11_come_along(room, tmp_path) -> None:
    with agent(tmp_path) as environ, room.login("-A", "-Y", DISPLAY=":9", **environ) as terminal:
        terminal.until("LESSONS")
        given = screen_of(LEARNERS[0]).environ()  # as it was started, before it threw anything away
        assert not {"SSH_AUTH_SOCK", "DISPLAY"} & set(given)
        terminal.press("\x11")


def test_of_the_environment_only_what_says_how_to_draw_comes_along(room) -> None:
    evil = {
        "PYTHONSTARTUP": "/tmp/evil.py",
        "PYTHONPATH": "/tmp",
        "PYTHONINSPECT": "1",
        "TEXTUAL_DRIVER": "evil:Driver",
        "TEXTUAL_LOG": "/tmp/log",
        "LD_PRELOAD_": "x",
        "XDG_DATA_HOME": "/tmp",
        "TUILAB_RESTRICTED": "0",
        "EDITOR": "vi",
        "BASH_ENV": "/tmp/evil",
        "ENV": "/tmp/evil",
    }
    wanted = {"LANG": "C.UTF-8", "LC_TIME": "C.UTF-8", "COLORTERM": "truecolor"}
    sending = [word for name in (*evil, *wanted) for word in ("-o", f"SendEnv={name}")]
    with room.login(*sending, **evil, **wanted) as terminal:
        terminal.until("LESSONS")
        given = screen_of(LEARNERS[0]).environ()
        assert given.items() >= wanted.items() and given["TUILAB_RESTRICTED"] == "1"
        assert not set(evil) - {"TUILAB_RESTRICTED"} & set(given)
        terminal.press("\x11")


def test_files_in_a_home_folder_start_nothing(room) -> None:
    """A learner cannot make them; were they there, by a mistake of somebody else, they would not count."""
    record = pwd.getpwnam(LEARNERS[1])
    mark, ssh = Path(record.pw_dir, "mark"), Path(record.pw_dir, ".ssh")
    ssh.mkdir()
    (ssh / "rc").write_text(f"touch {mark}\n")
    (ssh / "environment").write_text("PYTHONINSPECT=1\nLD_LIBRARY_PATH=/tmp\n")
    (ssh / "authorized_keys").write_text("")
    for name in (".profile", ".bashrc", ".shrc"):
        Path(record.pw_dir, name).write_text(f"touch {mark}\n")
    for path in (ssh, *ssh.iterdir()):
        shutil.chown(path, record.pw_uid, record.pw_gid)
    with room.login(learner=LEARNERS[1]) as terminal:
        terminal.until("LESSONS")
        terminal.press("\x11")
    assert not mark.exists()


@pytest.mark.parametrize("key", ["\x03", "\x1a", "\x1c", "\x04"])
def test_a_key_before_the_screen_is_there_leads_to_no_shell(room, key) -> None:
    """It ends the line, or the screen comes: there is no third."""
    with room.login("-o", "LogLevel=DEBUG1", "-o", "SendEnv=LANG") as terminal:
        terminal.until("Sending environment")
        terminal.write(key * 3)
        terminal.until(lambda text: "LESSONS" in text or "Exit status" in text)
        assert programs_of(LEARNERS[0]) <= {
            "/opt/tuilab/bin/python -I -m tuilab --restricted",
            "/opt/tuilab/bin/python -I -m tuilab.worker",
        }


def test_one_learner_reads_nothing_of_another(room) -> None:
    one, other = (pwd.getpwnam(name) for name in LEARNERS)
    command = ("ls", other.pw_dir)
    done = subprocess.run(command, user=one.pw_uid, group=one.pw_gid, check=False, capture_output=True)
    assert done.returncode != 0 and b"denied" in done.stderr
