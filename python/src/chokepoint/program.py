"""The program itself: where it is, how it is asked, and what it says when it cannot do something."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path

# How the program ends, from `chokepoint help`.
_CHECK_FAILED, _REPLICATES_FAILED, _BAD_SCENARIO = 1, 2, 65


class ChokepointError(RuntimeError):
    """The program could not do what it was asked.

    `str()` of it is the program's own text. `code` is its exit code: 64 wrong usage, 73 cannot write, 75
    interrupted, and as `chokepoint help` lists them.
    """

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


class ScenarioFaults(ChokepointError, ValueError):
    """A scenario has errors; `str()` of it lists all, each with file, line, column and what is allowed."""


@dataclass(frozen=True)
class Said:
    """What the program printed, and how it ended."""

    #: Standard output: the result.
    output: str
    #: 0; 1 where a check failed; 2 where some replicates could not be computed.
    code: int


def path() -> str:
    """The program: what the variable CHOKEPOINT names, else the one installed with this package, else on PATH."""
    if named := os.environ.get("CHOKEPOINT"):
        return named
    folders = [
        sysconfig.get_path("scripts"),
        sysconfig.get_path("scripts", scheme=sysconfig.get_preferred_scheme("user")),
        str(Path(__file__).parents[1] / "bin"),  # of `pip install --target`
        os.environ.get("PATH", os.defpath),
    ]
    if found := shutil.which("chokepoint", path=os.pathsep.join(folders)):
        return found
    raise FileNotFoundError(
        "the program chokepoint is not there: install a wheel of this package that carries it (docs/install.md), "
        "put it on PATH, or set the variable CHOKEPOINT to its path"
    )


def command(*words: str | os.PathLike[str]) -> str:
    """What any command of the program prints, as `command("rules", "--destination", "CN", "--chip", "h20")`.

    Raises:
        ChokepointError: if it does not end well, whatever it has printed by then.
    """
    said = ask(*words)
    if said.code:
        raise ChokepointError(f"chokepoint {words[0]}: ended with exit code {said.code}\n{said.output}", said.code)
    return said.output


def ask(*words: str | os.PathLike[str], quiet: bool = False) -> Said:
    """Calls the program, and passes on what it tells beside the result, unless that is to be quiet.

    Raises:
        ScenarioFaults: if the scenario, as the file and the overrides make it, has errors.
        ChokepointError: if there is no result for another reason.
    """
    told: list[str] = []
    # A file, since two pipes that are not read at the same time would stop the program.
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as output:
        process = subprocess.Popen(
            [path(), *(os.fspath(word) for word in words)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            # Of its own, so that an interruption comes once, from here: the second would end it at once.
            start_new_session=True,
        )
        with process:
            assert process.stderr is not None
            try:
                for line in process.stderr:
                    told.append(line)
                    if not quiet:
                        print(line, end="", file=sys.stderr)
            except KeyboardInterrupt:
                # It finishes the block that it is at, and says what it keeps.
                process.send_signal(signal.SIGINT)
                print(process.stderr.read(), end="", file=sys.stderr)
                process.wait()
                raise
        output.seek(0)
        said = Said(output.read(), process.returncode)
    text = "".join(told).rstrip("\n")
    if said.code == _BAD_SCENARIO:
        raise ScenarioFaults(text, said.code)
    if said.code not in (0, _CHECK_FAILED, _REPLICATES_FAILED):
        raise ChokepointError(text or f"chokepoint ended with exit code {said.code}", said.code)
    return said
