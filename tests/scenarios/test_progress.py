"""How far the work is: a bar on a terminal, elsewhere a line now and then."""

import io
import sys
import time

import pytest

from farflung.command_line import main
from farflung.scenarios import progress as module
from farflung.scenarios.progress import counted, progress

FAST = ["--mass", "0.3,0.4", "--coupling", "1e-4:1:25", "-n", "512"]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_lines_at_intervals_where_there_is_no_terminal(monkeypatch, capsys):
    monkeypatch.setattr(module, "INTERVAL", 0.05)
    assert list(counted(slowly(3), "alp-weak: masses", 3)) == [0, 1, 2]
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) >= 3
    assert lines[0].startswith("alp-weak: masses: 0 of 3, ")
    assert any(line.startswith("alp-weak: masses: 2 of 3, ") for line in lines)
    with progress("Belle II: picture"):
        time.sleep(0.12)
    assert capsys.readouterr().err.splitlines()[0] == "Belle II: picture: 0 s"


def slowly(count):
    for i in range(count):
        time.sleep(0.12)
        yield i


def test_a_bar_on_a_terminal(monkeypatch):
    monkeypatch.setattr(module, "_DELAY", 0.1)
    monkeypatch.setattr(module._Bar, "interval", 0.05)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(counted(slowly(4), "alp-weak: masses", 4)) == [0, 1, 2, 3]
    shown = terminal.getvalue()
    assert "alp-weak: masses:  50%" in shown
    assert "2/4" in shown
    assert shown.endswith("\r")  # nothing is left
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress("Belle II: picture"):  # a single step shows the time alone
        time.sleep(0.5)
    assert "Belle II: picture: 00:00" in terminal.getvalue()
    assert "%" not in terminal.getvalue()


def test_what_is_quick_or_unwatched_says_nothing(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(counted(range(3), "quick", 3)) == [0, 1, 2]
    assert terminal.getvalue() == ""
    monkeypatch.undo()
    monkeypatch.setattr(module, "INTERVAL", 0.01)
    assert list(counted(slowly(2), "unwatched", 2, shown=False)) == [0, 1]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys, "stderr", None)
    assert list(counted(slowly(1), "closed", 1)) == [0]


def test_errors_end_it(capsys, monkeypatch):
    monkeypatch.setattr(module, "INTERVAL", 0.01)

    def broken():
        yield 1
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(counted(broken(), "broken", 2))
    capsys.readouterr()
    time.sleep(0.1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["acceptance", "belle2", "alp-fermion", "--mass", "0.3", "--ctau", "1", "-n", "512"], "searches"),
        (["plane", "belle2", "--process", "B+ -> K+", "--mass", "0.3", "--ctau", "1", "-n", "512"], "searches"),
        (["show", "belle2", "--output", "x.png"], "Belle II, 50 ab⁻¹: picture"),
        (["show", "belle2", "--output", "x.glb"], "Belle II, 50 ab⁻¹: scene"),
        (["reach", "belle2", "alp-fermion", *FAST], "alp-fermion: masses"),
    ],
)
def test_commands_that_tell_how_far_they_are(arguments, what, tmp_path, monkeypatch):
    class Recorded(module._Lines):
        def __init__(self, what, total):
            super().__init__(what, total)
            told.append(what)

    told = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "_Lines", Recorded)
    assert main(arguments) == 0
    assert told == [what]
