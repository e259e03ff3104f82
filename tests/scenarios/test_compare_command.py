"""`farflung compare`: several detectors, in several processes."""

import csv
import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from farflung.command_line import main
from farflung.detectors import registry

SCRIPT = Path(sysconfig.get_path("scripts")) / "farflung"
FAST = ["--model", "alp-fermion", "--mass", "0.1:1:3", "--coupling", "1e-5:1:61", "-n", "512"]

MINE = """
from farflung.detectors import BelleII, register_detector

class Early(BelleII):
    name = "early"
    def __init__(self, luminosity=0.5, place="here"):
        if place not in ("here", "there"):
            raise ValueError(f"place = {place!r} is neither here nor there")
        super().__init__(luminosity)

register_detector("early", Early)
"""

CALL = """
if __name__ == "__main__":
    import sys
    from farflung.command_line import main
    sys.exit(main())
"""


@pytest.fixture(autouse=True)
def own_registry():
    with registry.DETECTORS.preserved():
        yield


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MINE)
    return str(path)


def rows(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def test_table_picture_and_summary(tmp_path, mine, capsys):
    table, picture = tmp_path / "all.csv", tmp_path / "all.png"
    arguments = ["compare", "belle2", "early:invisible", *FAST, "--load", mine, "--jobs", "1"]
    assert main([*arguments, "--output", str(table), "--plot", str(picture)]) == 0
    found = rows(table)
    reach = ["detector", "search", "model", "mass_GeV", "coupling_low", "coupling_high", "open_end"]
    reach += ["events_error_low", "events_error_high"]
    assert list(found[0]) == reach
    assert {(row["detector"], row["search"]) for row in found} == {
        ("belle2", "displaced"), ("belle2", "invisible"), ("early", "invisible")
    }  # fmt: skip
    assert picture.read_bytes().startswith(b"\x89PNG")
    said = capsys.readouterr().err.splitlines()
    smallest = min(float(row["coupling_low"]) for row in found if row["detector"] == "early")
    *said, band, note = said
    assert band.startswith("at 1")
    assert "limits are a band" in band
    assert note.startswith("belle2:invisible, early:invisible: continuum background")
    assert [line.split()[0] for line in said] == ["belle2:displaced", "belle2:invisible", "early:invisible"]
    assert f"early:invisible reaches c_ff/f_a = {smallest:.3g} TeV^-1 at 0.1 GeV" in said[2]


def test_processes_of_their_own_give_the_same_bytes(tmp_path, mine):
    """Also for a detector that only a file of the user's own knows."""
    command = ["compare", "belle2:displaced", "early", *FAST, "--load", mine]
    assert main([*command, "--jobs", "1", "--output", str(tmp_path / "one.csv")]) == 0
    command = [SCRIPT, *command, "--jobs", "2", "--output", tmp_path / "two.csv"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_labels_and_settings_tell_two_of_a_kind_apart(capsys):
    arguments = ["compare", "belle2", "little=belle2:invisible", "clean=belle2:invisible", *FAST, "--jobs", "1"]
    settings = ["--set", "little.luminosity=0.5", "--set", "clean.background=false"]
    assert main([*arguments, *settings, "--json", "-"]) == 0
    limits = json.loads(capsys.readouterr().out)["limits_events"]
    assert limits["belle2:invisible"] == pytest.approx(540, rel=1e-2)
    assert limits["little:invisible"] == pytest.approx(55.1, rel=1e-2)
    assert limits["clean:invisible"] == pytest.approx(2.303, rel=1e-3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["belle2", "--json", "-"], "the following arguments are required: --model"),
        (
            ["belle3", *FAST, "--json", "-"],
            "detector = 'belle3' is unknown; did you mean belle or belle2 or ",
        ),
        (["belle2:prompt", *FAST, "--json", "-"], "search = 'prompt' is not one of belle2's"),
        (["belle2:a:b", *FAST, "--json", "-"], "'belle2:a:b' is not DET, DET:SEARCH or LABEL=DET"),
        (["belle2", "belle2:displaced", *FAST, "--json", "-"], "belle2:displaced appears twice"),
        (["x=belle2", "x=early", *FAST, "--json", "-"], "label = 'x' stands for both belle2 and early"),
        (["belle2", *FAST, "--plot", "all.txt"], "must end in .png or .pdf or .svg"),
        (["belle2", *FAST, "--json", "-", "--luminosity", "0.5"], "as in --set belle2.luminosity=0.5"),
        (["x#1=belle2", *FAST, "--json", "-"], "label = 'x#1' must be a word or words without :, #, quotes"),
        (["belle2", *FAST, "--json", "-", "--set", "luminosity=0.5"], "'luminosity=0.5' is not LABEL.OPTION=VALUE"),
        (
            ["belle2", *FAST, "--json", "-", "--set", "lhcb.energy=7"],
            "is about nothing that is used here: belle2, ",
        ),
        (
            ["belle2", *FAST, "--json", "-", "--set", "belle2.size=7"],
            "size is not an option of belle2, which",
        ),
        (["belle2", *FAST, "--json", "-", "--set", "belle2.luminosity=-1"], "luminosity = -1 ab^-1 is not positive"),
        (["early", *FAST, "--json", "-", "--set", "early.place=up"], "place = 'up' is neither here nor there"),
        (["belle2", *FAST, "--json", "-", "--jobs", "0"], "'0' must be at least 1"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(arguments, message, mine, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    try:
        code = main(["compare", *arguments, "--load", mine])
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_what_cannot_be_sent_to_other_processes_gets_a_sentence(capsys):
    class Local(registry.BelleII):
        name = "local"

    registry.register_detector("local", Local)
    assert main(["compare", "local", *FAST, "--json", "-", "--jobs", "2"]) == 2
    assert "use --jobs 1" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent in another way")
@pytest.mark.parametrize("seconds", [0.3, 6.0])
def test_ctrl_c_ends_everything_quietly(tmp_path, seconds):
    """During the first imports, and in the midst of the work; a terminal sends it to all processes of the group."""
    output = tmp_path / "all.csv"
    command = [SCRIPT, "compare", "belle2", "--model", "alp-fermion", "--mass", "0.01:4.7:5000", "--jobs", "2"]
    run = subprocess.Popen(
        [*command, "--output", output],
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
        # what runs the tests in the background may have told it to ignore Ctrl-C, and children inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(seconds)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert said == "farflung: interrupted\n"
    assert list(tmp_path.iterdir()) == []
    for _ in range(50):
        left = subprocess.run(["ps", "-o", "pid=", "-g", str(run.pid)], capture_output=True, text=True, check=False)
        if not left.stdout.split():
            break
        time.sleep(0.1)
    assert left.stdout.split() == []


def test_a_script_of_ones_own_can_share_its_work(tmp_path):
    """The detector's class is the script's own; the processes find it there."""
    script = tmp_path / "own.py"
    script.write_text(f"{MINE}\n{CALL}")
    command = [sys.executable, script, "compare", "early", *FAST, "--jobs", "2", "--json", "-"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert {row["detector"] for row in json.loads(run.stdout)["intervals"]} == {"early"}
