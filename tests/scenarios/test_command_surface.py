"""What is typed, and where it is typed: names before all else, tables to standard output, odd environments."""

import csv
import json
import os
import subprocess
import sys
import time

import pytest

from farflung.command_line import main
from farflung.commands import pictures
from farflung.detectors import Published, PublishedLimit, read_limit
from farflung.detectors.registry import DETECTORS

FAST = ["--mass", "0.3,0.4", "--coupling", "1e-4:1:25", "-n", "512"]


@pytest.fixture(autouse=True)
def own_registry():
    with DETECTORS.preserved():
        yield


def code_of(arguments):
    try:
        return main(arguments)
    except SystemExit as stop:
        return stop.code


def rows(text):
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


# Names


@pytest.mark.parametrize(
    "arguments",
    [
        ["reach", "bell2", "alp-fermion"],
        ["reach", "bell2", "alp-fermion", "--output", "x.txt"],
        ["acceptance", "bell2", "alp-fermion"],
        ["compare", "bell2"],
        ["plane", "bell2"],
        ["show", "bell2"],
        ["show", "bell2", "--output", "nowhere/x.txt"],
    ],
)
def test_a_slip_in_a_name_is_told_before_anything_else(arguments, capsys):
    assert code_of(arguments) == 2
    assert capsys.readouterr().err == (
        f"farflung {arguments[0]}: detector = 'bell2' is unknown; did you mean belle2 or belle or gazelle?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["reach", "belle2", "alp-fermon"], "model = 'alp-fermon' is unknown; did you mean alp-fermion"),
        (["compare", "belle2", "--model", "alp-fermon"], "model = 'alp-fermon' is unknown"),
        (["reproduce", "ferber202"], "paper = 'ferber202' is unknown; did you mean ferber2022?"),
        (
            ["reach", "belle2:dispaced", "alp-fermion", "--output", "x.txt"],
            "search = 'dispaced' is not one of belle2's",
        ),
        (["compare", "belle2", "--luminosity", "3"], "say it with --set, as in --set belle2.luminosity=0.5"),
        (["compare", "a=belle2", "--no-background"], "say it with --set, as in --set a.background=false"),
        (["plane", "belle2", "--luminosity", "3"], "--luminosity does not say of which detector"),
        (["compare", "x#1=belle2", "--model", "alp-fermion"], "label = 'x#1' must be a word or words without :, #"),
        (["reach", "belle2", "alp-fermion", "--mass", "0.3,１"], "'１' is not a number"),
        (["reach", "belle2", "alp-fermion", "--mass", "0.1:1:１２"], "must be a whole number from 2 to 100000"),
        (["reach", "belle2", "alp-fermion", "--mass", "1_0"], "'1_0' is not a number"),
        (["reach", "belle2", "alp-fermion", "--set", "belle2.luminosity=1_0"], "luminosity"),
        (["list", "--load"], "argument --load: expected one argument"),
    ],
)
def test_one_sentence(arguments, message, capsys):
    assert code_of(arguments) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_names_that_a_file_registers_are_known(tmp_path, capsys):
    mine = tmp_path / "mine.py"
    mine.write_text(
        "from farflung.detectors import BelleII, register_detector\nregister_detector('early', lambda: BelleII(0.5))\n"
    )
    assert main(["reach", "early", "alp-fermion", *FAST, "--load", str(mine)]) == 0
    assert {row["detector"] for row in rows(capsys.readouterr().out)} == {"belle2"}


# Results without a file


def test_reach_prints_its_table(tmp_path, capsys):
    arguments = ["reach", "belle2", "alp-fermion", *FAST]
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert {row["search"] for row in rows(printed.out)} == {"displaced", "invisible"}
    assert "belle2:displaced reaches" in printed.err
    assert main([*arguments, "--output", str(tmp_path / "x.csv")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == printed.out
    assert main([*arguments, "--plot", str(tmp_path / "x.png")]) == 0
    assert capsys.readouterr().out == ""


def test_so_do_the_other_tables(capsys):
    assert main(["acceptance", "belle2", "alp-fermion", "--mass", "0.3", "--ctau", "1", "-n", "512"]) == 0
    assert [row["search"] for row in rows(capsys.readouterr().out)] == ["displaced", "invisible"]
    assert main(["compare", "belle2:displaced", "--model", "alp-fermion", *FAST, "--jobs", "1"]) == 0
    assert {row["search"] for row in rows(capsys.readouterr().out)} == {"displaced"}
    assert main(["plane", "belle2", "--process", "B+ -> K+", "--mass", "0.3", "--ctau", "0.1", "-n", "512"]) == 0
    assert [row["search"] for row in rows(capsys.readouterr().out)] == ["displaced", "invisible"]


def test_single_searches_and_labels(capsys):
    assert main(["reach", "belle2:displaced", "alp-fermion", *FAST]) == 0
    assert {(row["detector"], row["search"]) for row in rows(capsys.readouterr().out)} == {("belle2", "displaced")}
    assert main(["reach", "mine=belle2:invisible", "alp-fermion", *FAST, "--luminosity", "20"]) == 0
    printed = capsys.readouterr().out
    assert {(row["detector"], row["search"]) for row in rows(printed)} == {("mine", "invisible")}
    assert "mine = BelleII(luminosity=20" in printed
    assert main(["acceptance", "belle2:invisible", "alp-fermion", "--mass", "0.3", "--ctau", "1", "-n", "512"]) == 0
    assert [row["search"] for row in rows(capsys.readouterr().out)] == ["invisible"]


def test_invisible_decays_in_a_table_of_acceptances(capsys):
    found = {}
    for ratio in ("0", "0.5"):
        arguments = ["acceptance", "belle2", "alp-fermion", "--mass", "0.3", "--ctau", "1", "--invisible", ratio]
        assert main([*arguments, "--json", "-"]) == 0
        table = json.loads(capsys.readouterr().out)["acceptance"]
        found[ratio] = {row["search"]: row["probability"] for row in table}
    assert found["0.5"]["displaced"] == found["0"]["displaced"]
    assert found["0.5"]["invisible"] == pytest.approx(0.5 * found["0"]["invisible"] + 0.5, rel=1e-12)
    assert found["0.5"]["invisible"] == pytest.approx(0.5 + 0.5 * 0.8209, abs=4e-3)  # P(outside) of the full simulation


def test_a_table_in_mev_is_told_beside_others(tmp_path, capsys):
    (tmp_path / "mev.csv").write_text("mass,limit\n300,2e-9\n3000,1e-9\n")
    limit = PublishedLimit("mev", "K+ X", processes=("B+ -> K+",), limit=read_limit(tmp_path / "mev.csv"))
    DETECTORS.register("mine", lambda: Published([limit]))
    assert main(["compare", "belle2:displaced", "mine", "--model", "alp-fermion", *FAST, "--jobs", "1"]) == 0
    said = capsys.readouterr().err
    assert "mine:mev says nothing about 0.3 to 0.4 GeV, since the table covers 300 to 3000: are these MeV?" in said
    assert main(["reach", "mine", "alp-fermion", *FAST]) == 2
    assert "are these MeV?" in capsys.readouterr().err
    plane = ["plane", "belle2:displaced", "mine", "--process", "B+ -> K+", "--mass", "0.3", "--ctau", "0.1"]
    assert main(plane) == 0
    assert "mine:mev says nothing about 0.3 GeV" in capsys.readouterr().err


# Where it is typed


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "farflung", *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.parametrize("backend", ["module://matplotlib_inline.backend_inline", "nonsense"])
def test_the_backend_of_a_notebook_has_no_say(tmp_path, backend):
    done = run("show", "belle2", "--output", str(tmp_path / "x.png"), MPLBACKEND=backend)
    assert (done.returncode, done.stderr) == (0, f"solids drawn; wrote {tmp_path / 'x.png'}\n")


def test_latex_is_not_asked_for(tmp_path):
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\n")
    here = {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "PATH": "/nowhere"}
    done = run("reach", "belle2", "alp-fermion", *FAST, "--plot", str(tmp_path / "x.png"), **here)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["reach", "belle2", "alp-fermion", *FAST, "--plot"],
        ["compare", "belle2", "--model", "alp-fermion", *FAST, "--plot"],
        ["plane", "belle2", "--process", "B+ -> K+", "--mass", "0.3", "--plot"],
        ["show", "belle2", "--model", "alp-weak", "--mass", "0.3", "--ctau", "1", "--output"],
    ],
)
def test_a_picture_that_cannot_be_drawn_is_told_before_the_work(arguments, tmp_path, monkeypatch, capsys):
    def broken(*_, **__):
        raise RuntimeError("no font\nand much more")

    def never(*_, **__):
        pytest.fail("worked in vain")

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", broken)
    monkeypatch.setattr("farflung.detectors.Detector.flights_from", never)
    assert main([*arguments, str(tmp_path / "x.pdf")]) == 2
    assert capsys.readouterr().err == (
        f"farflung {arguments[0]}: matplotlib cannot draw a .pdf picture here; look at MPLBACKEND and matplotlibrc: "
        "no font\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_settings_of_matplotlib_are_left_as_they_were():
    import matplotlib

    with matplotlib.rc_context({"text.usetex": True}):
        with pictures.drawing():
            assert not matplotlib.rcParams["text.usetex"]
        assert matplotlib.rcParams["text.usetex"]


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes what it hands on")
def test_closed_standard_output(tmp_path):
    def closed(command, *also):
        line = f"{sys.executable} -m farflung {command} >&- {' '.join(also)}"
        return subprocess.run(line, shell=True, stderr=subprocess.PIPE, text=True, check=False)

    assert (closed("list").returncode, closed("list").stderr) == (0, "")
    assert closed("list --options --json -", "2>&-").returncode == 0
    written = closed(f"reach belle2 alp-fermion {' '.join(FAST)} --output {tmp_path / 'x.csv'}")
    assert written.returncode == 0
    assert (tmp_path / "x.csv").exists()
    for how in ("", "--json -"):
        begin = time.monotonic()
        vain = closed(f"reach belle2 alp-fermion {how}")
        assert vain.returncode == 2
        assert vain.stderr == (
            "farflung reach: standard output is closed, so that the result would go nowhere; give --output FILE\n"
        )
        assert time.monotonic() - begin < 30
    assert closed("reach bell2 alp-fermion", "2>&-").returncode == 2
