"""Variables of the environment that choose files, programs or a driver change nothing."""

from pathlib import Path


def test_no_variable_leads_out(opened, tmp_path: Path) -> None:
    evil = tmp_path / "evil"
    evil.mkdir()
    mark = evil / "mark"
    for name in ("sitecustomize.py", "usercustomize.py", "evil.py", "torch.py", "textual.py"):
        (evil / name).write_text(f"open({str(mark)!r}, 'w')\n")
    program = opened(
        "open",
        "unroll",
        TEXTUAL="devtools,debug",
        TEXTUAL_DRIVER="evil:Driver",
        TEXTUAL_LOG=str(mark),
        TEXTUAL_SCREENSHOT="0",
        TEXTUAL_SCREENSHOT_LOCATION=str(evil),
        TEXTUAL_PRESS="q",
        TEXTUAL_ALLOW_SIGNALS="1",
        PYTHONPATH=str(evil),
        PYTHONHOME=str(evil),
        PYTHONSTARTUP=str(evil / "evil.py"),
        PYTHONINSPECT="1",
        PYTHONBREAKPOINT="evil.breakpoint",
        PYTHONUSERBASE=str(evil),
        XDG_DATA_HOME=str(evil),
        XDG_DATA_DIRS=str(evil),
        TUILAB_DATA=str(evil),
        XDG_STATE_HOME=str(evil),
        XDG_CACHE_HOME=str(evil),
        TMPDIR=str(evil),
        EDITOR=str(evil / "evil.py"),
        BROWSER=str(evil / "evil.py"),
        LD_LIBRARY_PATH=str(evil),
        SSH_ORIGINAL_COMMAND="/bin/sh",
        TUILAB_RESTRICTED="0",
    )
    program.until("part 4 of 4")
    program.press("q", "j", "\r")
    program.until("After this lesson")
    program.stays_inside()
    assert not mark.exists() and len(list(evil.iterdir())) == 5
    assert (program.home / ".local/share/tuilab/progress.jsonl").stat().st_mode & 0o777 == 0o600


def test_what_it_writes_is_for_its_owner_alone(opened) -> None:
    program = opened("lesson", "1")
    program.until("After this lesson")
    program.stays_inside()
    made = [path for path in program.home.rglob("*") if "tuilab" in str(path)]
    assert made and not [path for path in made if path.stat().st_mode & 0o077]
