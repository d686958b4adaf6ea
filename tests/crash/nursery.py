"""Starts intake and desk quickly: a process that has imported all of both, and does nothing but split off children.

A cold start costs six seconds of a core, most of it for importing libraries. What is split off is as fresh as what is
started cold, but for these imports; every so often a process is started cold all the same. Lines come in and go out:
`start intake`, `cold desk`, `start migrate SAKSI_DATABASE=...` are answered by a process id, `wait 123` by the code
with which it ended.
"""

import ctypes
import os
import sys
from collections.abc import Callable

_PR_SET_CHILD_SUBREAPER = 36


def born(name: str, settings: list[str], *, cold: bool) -> int:
    """Split off a process; return its id."""
    if pid := os.fork():
        return pid
    os.environ.update({name: value for name, _, value in (setting.partition("=") for setting in settings)})
    # The log is on standard error; standard output and input are ours.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if cold:
        os.execv(sys.executable, [sys.executable, "-m", "tests.crash.points", name])  # noqa: S606  # ourselves
    sys.argv = ["saksi", name]
    sys.orig_argv = [sys.executable, "-m", "tests.crash.points", name]
    from bot import cli  # noqa: PLC0415  # imported already
    from tests.crash import points  # noqa: PLC0415  # as above

    points.install(name)
    end(cli.main)
    raise AssertionError("a child came back")


def end(run: Callable[[], object]) -> None:
    """Run as a program does, to its end, and not back into whoever split this process off."""
    code = 0
    try:
        run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  # what python itself does with what nobody has caught
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def waited(pid: int) -> int:
    """Wait for a process; return its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> None:
    """Answer lines until there are no more."""
    # What a killed process leaves behind becomes ours, to be looked for at the end.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    import bot.app.desk  # noqa: PLC0415
    import bot.app.intake  # noqa: PLC0415
    import bot.channels.telegram  # noqa: F401, PLC0415
    import tests.crash.points  # noqa: F401, PLC0415

    print("ready", flush=True)  # noqa: T201
    while line := sys.stdin.readline():
        verb, what, *settings = line.split()
        answer = waited(int(what)) if verb == "wait" else born(what, settings, cold=verb == "cold")
        print(answer, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
