import csv
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from PIL import Image

from farflung.command_line import main
from farflung.detectors.registry import DETECTORS

FAST = ["--mass", "0.1,0.3,0.6"]


@pytest.fixture(autouse=True)
def own_registry():
    with DETECTORS.preserved():
        yield


def rows(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def test_list_names_everything(capsys):
    assert main(["list"]) == 0
    printed = capsys.readouterr().out
    for word in ("belle2", "displaced", "invisible", "alp-fermion", "alp-weak", "TeV^-1"):
        assert word in printed
    assert main(["list", "--json", "-"]) == 0
    assert set(json.loads(capsys.readouterr().out)["models"]) >= {"alp-fermion", "alp-weak"}


def test_reach_writes_a_table_and_a_picture(tmp_path, capsys):
    table, picture = tmp_path / "reach.csv", tmp_path / "reach.png"
    assert main(["reach", "belle2", "alp-fermion", *FAST, "--output", str(table), "--plot", str(picture)]) == 0
    written = rows(table)
    assert list(written[0])[:6] == ["detector", "search", "model", "mass_GeV", "coupling_low", "coupling_high"]
    assert {row["search"] for row in written} == {"displaced", "invisible"}
    assert any(row["open_end"] == "high" for row in written)
    assert all(float(row["coupling_low"]) < float(row["coupling_high"]) for row in written)
    comments = [line for line in table.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert any("c_ff/f_a in TeV^-1" in comment for comment in comments)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reach.csv", "reach.png"]
    assert "belle2:invisible reaches" in capsys.readouterr().err


def test_a_grid_looks_beside_thresholds_and_a_list_does_not(tmp_path):
    """2 m_mu = 0.2113 GeV (PDG) lies between two masses of the grid."""
    grid = ["reach", "belle2:displaced", "alp-fermion", "--mass", "0.2:0.25:2", "--one-treatment", "-n", "256"]
    picture = tmp_path / "reach.png"
    for options, masses in (([], 6), (["--exact-masses"], 2)):
        assert main([*grid, *options, "--output", str(tmp_path / "r.nc"), "--plot", str(picture)]) == 0
        with xr.open_dataset(tmp_path / "r.nc", engine="scipy") as data:
            assert data.sizes["mass"] == masses
    assert main(["reach", "belle2", "alp-fermion", *FAST, "--output", str(tmp_path / "r.nc")]) == 0
    with xr.open_dataset(tmp_path / "r.nc", engine="scipy") as data:
        assert data["mass"].values.tolist() == [0.1, 0.3, 0.6]
    text = Image.open(picture).text
    assert text["Description"].startswith(
        "farflung reach belle2:displaced alp-fermion --mass 0.2:0.25:2 --one-treatment"
    )
    assert "seed = 1" in text["Description"]
    assert text["Software"].startswith("farflung ")


def test_a_plot_may_be_a_page(tmp_path, capsys):
    page = tmp_path / "reach.html"
    assert main(["reach", "belle2", "alp-fermion", *FAST, "--one-treatment", "--plot", str(page)]) == 0
    assert f"; wrote {page}" in capsys.readouterr().err
    said = page.read_text(encoding="utf-8").partition('name="description" content="')[2].partition('">')[0]
    assert said.startswith("farflung reach belle2 alp-fermion")
    assert "seed = 1" in said
    plane = tmp_path / "plane.html"
    lengths = ["--mass", "0.3", "--ctau", "1e-3:1:4", "-n", "256"]
    assert main(["plane", "belle2", "--process", "B+ -> K+", *lengths, "--plot", str(plane)]) == 0
    assert "B⁺ → K⁺ X" in plane.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plane.html", "reach.html"]


def test_the_three_formats_agree(tmp_path, capsys):
    for suffix in ("csv", "json", "nc"):
        assert main(["reach", "belle2", "alp-weak", *FAST, "--output", str(tmp_path / f"r.{suffix}")]) == 0
    assert main(["reach", "belle2", "alp-weak", *FAST, "--json", "-"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    for row, interval in zip(rows(tmp_path / "r.csv"), printed["intervals"], strict=True):
        assert float(row["coupling_low"]) == pytest.approx(interval["coupling_low"], rel=1e-5)
        assert row["search"] == interval["search"]
    with xr.open_dataset(tmp_path / "r.nc", engine="scipy") as data:
        assert data["events"].dims == ("search", "mass", "coupling")
        assert data["coupling"].attrs["units"] == "TeV^-1"
        assert "belle2:displaced" in data["search"].values.astype(str)


def test_acceptance_agrees_with_the_brute_force_values(tmp_path):
    # (m, c tau): displaced / invisible from 400,000 decay points drawn one by one
    points = {
        ("0.1", "0.01"): (0.8203, 0.0776),
        ("0.3", "0.1"): (0.5111, 0.1876),
        ("0.3", "1"): (0.0741, 0.8210),
        ("1", "1"): (0.2290, 0.5161),
        ("3", "0.01"): (0.1454, 0.0709),
        ("3", "1"): (0.6450, 0.1144),
    }
    for (mass, ctau), expected in points.items():
        output = tmp_path / "acceptance.csv"
        asked = ["--mass", mass, "--ctau", ctau, "--set", "belle2.factorised=true"]
        assert main(["acceptance", "belle2", "alp-fermion", *asked, "--output", str(output)]) == 0
        found = {row["search"]: float(row["probability"]) for row in rows(output)}
        for search, value in zip(("displaced", "invisible"), expected, strict=True):
            assert abs(found[search] - value) < 3 * np.sqrt(value * (1 - value) / 400_000)


def test_show_draws(tmp_path):
    picture = tmp_path / "belle2.png"
    arguments = ["show", "belle2", "--model", "alp-fermion", "--mass", "0.3", "--ctau", "0.5"]
    assert main([*arguments, "--output", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert main([*arguments, "--view", "3-d", "--output", str(picture)]) == 0
    assert main([*arguments, "--view", "x-z", "--at", "0.1", "--output", str(picture)]) == 0
    for options in ([], ["--view", "x-y", "--at", "1"], ["--view", "3-d"], ["belle2-simulated"]):
        assert main(["show", "belle2", *options, "--output", str(picture)]) == 0
    scene = tmp_path / "belle2.glb"
    assert main(["show", "belle2", "--output", str(scene)]) == 0
    assert scene.read_bytes().startswith(b"glTF")


def test_same_command_same_bytes(tmp_path):
    outputs = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for output in outputs:
        main(["reach", "belle2", "alp-fermion", "--mass", "0.3", "--seed", "5", "--output", str(output)])
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def test_luminosity_and_background_are_options(capsys):
    limits = {}
    for label, options in {"full": [], "little": ["--luminosity", "0.5"], "clean": ["--no-background"]}.items():
        main(["reach", "belle2", "alp-fermion", "--mass", "0.1", "--json", "-", *options])
        limits[label] = json.loads(capsys.readouterr().out)["limits_events"]["belle2:invisible"]
    assert limits == {
        "full": pytest.approx(540, rel=1e-2),
        "little": pytest.approx(55.1, rel=1e-2),
        "clean": pytest.approx(2.303, rel=1e-3),
    }


REACH = ["reach", "belle2", "alp-fermion"]
ACCEPTANCE = ["acceptance", "belle2", "alp-fermion"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["reach", "bell2", "alp-fermion", "--output", "x.csv"],
            "detector = 'bell2' is unknown; did you mean belle2 or",
        ),
        (["reach", "belle2", "alp-fermon", "--output", "x.csv"], "did you mean alp-fermion"),
        ([*REACH, "--mass", "0.1:20:5", "--output", "x.csv"], "mass = 20 GeV is outside the range of alp-fermion"),
        ([*REACH, "--mass", "0.1,4.8", "--output", "x.csv"], "is above m(B+) - m(K+) = 4.78"),
        ([*ACCEPTANCE, "--mass", "4.8", "--output", "x.csv"], "is above m(B+) - m(K+) = 4.78"),
        ([*REACH, "--mass", "0.1:4.7", "--output", "x.csv"], "is not low:high:count"),
        ([*REACH, "--mass", "1:0.1:5", "--output", "x.csv"], "must have low < high"),
        ([*REACH, "--mass", "0.1:1:many", "--output", "x.csv"], "must be a whole number"),
        ([*REACH, "--mass", "heavy", "--output", "x.csv"], "'heavy' is not a number"),
        ([*REACH, "--coupling=-1e-3", "--output", "x.csv"], "'-1e-3' must be larger than 0"),
        ([*REACH, "--coupling", "nan", "--output", "x.csv"], "'nan' is not a finite number"),
        ([*ACCEPTANCE, "--mass", "0.3", "--ctau=-1", "--output", "x.csv"], "'-1' must be larger than 0"),
        ([*ACCEPTANCE, "--mass", "0.3", "--ctau", "nan", "--output", "x.csv"], "'nan' is not a finite number"),
        ([*ACCEPTANCE, "--mass", "0.3", "--seed", "-1", "--output", "x.csv"], "--seed"),
        ([*REACH, "-n", "0", "--output", "x.csv"], "n = 0 is not a whole number of aimed flights, at least 1"),
        ([*REACH, "--invisible", "1", "--output", "x.csv"], "'1' must be at least 0 and below 1"),
        ([*REACH, "--luminosity", "0", "--output", "x.csv"], "'0' must be larger than 0"),
        ([*REACH, "--output", "x.txt"], "must end in .csv or .json or .nc"),
        ([*REACH, "--output", "nowhere/x.csv"], "the folder 'nowhere' does not exist"),
        ([*REACH, "--output", "x.csv", "--plot", "nowhere/x.png"], "the folder 'nowhere' does not exist"),
        ([*REACH, "--plot", "nowhere/x.html"], "the folder 'nowhere' does not exist"),
        ([*REACH, "--plot", "x.htm"], "must end in .png or .pdf or .svg or .html"),
        ([*REACH, "--mass", "0.3", "--plot", "x.png"], "--plot needs at least two values of --mass"),
        ([*REACH, "--coupling", "1", "--plot", "x.png"], "--plot needs at least two values of --coupling"),
        ([*REACH, "--mass", "0.1349768", "--output", "x.csv"], "the width of alp-fermion into gammagamma"),
        ([*REACH, "-n", "1073741824", "--output", "x.csv"], "do not fit into memory"),
        (
            ["show", "belle2", "--model", "alp-weak", "--output", "x.png"],
            "decays need all of --model, --mass and --ctau",
        ),
        (["show", "belle2", "--view", "x-y", "--output", "x.glb"], "a .glb scene shows the solids alone"),
        (["show", "belle2", "--view", "up", "--output", "x.png"], "invalid choice: 'up'"),
        (["show", "belle2", "--view", "3-d", "--at", "1", "--output", "x.png"], "--at says where a plane lies"),
        (["show", "belle2", "--invisible", "0.5", "--output", "x.png"], "--invisible is about a model's decays"),
        (["show", "belle2", "--view", "r-z", "--output", "x.html"], "leave out --view and --at"),
        (["show", "belle2", "--at", "1", "--output", "x.html"], "leave out --view and --at"),
        (["show", "belle2", "--model", "alp-weak", "--output", "x.html"], "--model and --mass; give --mass too"),
        (["show", "belle2", "--mass", "0.3", "--output", "x.html"], "--model and --mass; give --model too"),
        (["show", "belle2", "--ctau", "1", "--output", "x.html"], "give --model and --mass too"),
        (["show", "belle2", "--coupling", "1", "--output", "x.png"], "--coupling says where the sliders of a page"),
        (
            [
                *("show", "belle2", "--model", "alp-weak", "--mass", "0.3"),
                "--ctau=1",
                "--coupling=1",
                "--output=x.html",
            ],
            "say the same thing twice",
        ),
        (["fly"], "invalid choice: 'fly'"),
        ([], "COMMAND"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written_is_left_as_it_was(tmp_path, monkeypatch, capsys):
    target = tmp_path / "reach.csv"
    target.write_text("precious")

    def broken(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", broken)
    assert main([*REACH, "--mass", "0.3", "--output", str(target)]) == 2
    monkeypatch.undo()
    assert "No space left on device" in capsys.readouterr().err
    assert target.read_text() == "precious"
    assert list(tmp_path.iterdir()) == [target]
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    assert main([*REACH, "--output", str(folder)]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_the_installed_command_answers():
    script = Path(sysconfig.get_path("scripts")) / "farflung"
    run = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("farflung ")


def test_plain_terminals_and_broken_pipes_are_no_reason_to_stop():
    command = [sys.executable, "-m", "farflung", "list"]
    plain = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert b"belle2" in plain.stdout
    full = Path("/dev/full")
    if full.exists():
        with full.open("w") as nowhere:
            run = subprocess.run(command, stdout=nowhere, stderr=subprocess.PIPE, text=True, check=False)
        assert run.returncode == 2
        assert "No space left" in run.stderr
        assert "Traceback" not in run.stderr


def test_decays_to_dark_matter_are_one_option(capsys):
    """They help the invisible search; few displaced decays per metre depend on the visible width alone."""
    smallest = {}
    for ratio in ("0", "0.9"):
        arguments = [
            "reach",
            "belle2",
            "alp-fermion",
            "--mass",
            "0.5",
            "--set",
            "belle2.factorised=true",
            "--json",
            "-",
        ]
        assert main([*arguments, "--invisible", ratio]) == 0
        intervals = json.loads(capsys.readouterr().out)["intervals"]
        for search in ("displaced", "invisible"):
            smallest[search, ratio] = min(i["coupling_low"] for i in intervals if i["search"] == search)
    assert smallest["displaced", "0.9"] == pytest.approx(smallest["displaced", "0"], rel=0.1)
    assert smallest["invisible", "0.9"] < smallest["invisible", "0"] / 2


def test_a_file_of_ones_own_is_loaded(tmp_path, capsys):
    mine = tmp_path / "mine.py"
    mine.write_text(
        "from farflung.detectors import BelleII, register_detector\n"
        "class Early(BelleII):\n"
        "    name = 'early'\n"
        "register_detector('early-belle2', lambda: Early(0.5))\n"
    )
    arguments = ["reach", "early-belle2", "alp-fermion", "--mass", "0.3", "--json", "-", "--load", str(mine)]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["limits_events"]["early:invisible"] == pytest.approx(55.1, rel=1e-2)
    assert main(arguments) == 2
    assert "'early-belle2' is taken" in capsys.readouterr().err
    assert main(["list", "--load", str(tmp_path / "none.py")]) == 2
    assert "is not a file" in capsys.readouterr().err
