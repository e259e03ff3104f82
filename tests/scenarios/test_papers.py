"""How reproductions are written, named and refused; what they find is tested with each paper."""

import csv

import numpy as np
import pytest
import xarray as xr

from farflung.command_line import main
from farflung.scenarios import ScenarioError
from farflung.scenarios.papers import (
    Check,
    Exhibit,
    Folder,
    Paper,
    Run,
    Table,
    find_paper,
    line,
    paper_names,
    register_paper,
    tidy,
    verdicts,
)
from farflung.scenarios.papers.tables import joined


def compute(run):
    mass = np.array([0.1, 0.2])
    data = xr.Dataset(
        {"limit": ("m_a", run.seed * mass, {"units": "TeV^-1"})}, coords={"m_a": ("m_a", mass, {"units": "GeV"})}
    )
    return {"": data}


def compare(panels):
    limit = float(panels[""]["limit"][0])
    return (
        Check.of_numbers("limit at 0.1 GeV [1/TeV]", 0.1, limit, within=0.01),
        Check("limit, in words", "small", "small, or", True, 'a "note", and more', leading=False, measure="below 1"),
    )


TOY = Paper(
    "toy2024",
    "A toy",
    "none",
    [Exhibit("fig1", "a line", compute, compare), Exhibit("fig2", "again", compute, compare)],
)


def write(folder, name, seed=1):
    panels = compute(Run(seed))
    Folder(folder, TOY, made_by=f"seed {seed}").add(
        TOY.exhibits[name], tidy(panels), compare(panels), lambda path: path.write_bytes(b"picture")
    )


def rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_checks_compare_within_tolerances():
    assert Check.of_numbers("x", 100, 104, within=0.05).agrees
    assert not Check.of_numbers("x", 100, 106, within=0.05).agrees
    assert Check.of_numbers("x", 100, 106, within=0.05, extra=2).agrees
    assert not Check.of_numbers("x", 0, 1e-3, within=0.05).agrees
    assert Check.of_numbers("x", 100, 106, within=0.05, extra=2).measure == "within 5% + 2"
    good, bad = Check("x", "1", "1", True, measure="m"), Check("y", "2", "3", False, leading=False, measure="m")
    assert line([good, bad]) == "1 of 2 agree: x: 1 (paper: 1)"


@pytest.mark.parametrize(
    ("printed", "found", "agrees"),
    [
        ("2.5", 2.549, True),
        ("2.5", 2.551, False),
        ("2.50", 2.506, False),
        ("10", 9.6, True),
        ("10", 9.4, False),
        ("1", 1.5, True),
        ("5e2", 540, True),
        ("500", 540, False),
        ("0.077", 0.0776, False),
    ],
)
def test_digits_are_known_to_half_a_unit_of_the_last(printed, found, agrees):
    check = Check.of_digits("x", printed, found)
    assert check.agrees is agrees
    assert check.paper == printed
    assert "half a unit of the last digit" in check.measure


def test_errors_allow_two_standard_deviations():
    # backgrounds of arXiv:2201.06580 and ours: 52 +- 5 and 40 +- 4 are more than two away from 39 and 28
    for paper, found, error, deviation in ((39, 51.6, 5.0, "2.5"), (28, 39.7, 4.0, "2.9")):
        check = Check.of_errors("x", paper, found, error)
        assert check.agrees is False
        assert check.measure.startswith(f"{deviation} standard deviations, with {error:g} here")
    both = Check.of_errors("x", 1022, 988, 7.6, 30.3)
    assert both.agrees
    assert both.measure.startswith("1.1 standard deviations, with 7.6 here and 30 there")
    assert Check.of_errors("x", 10, 12, 1).agrees
    assert not Check.of_errors("x", 10, 12.01, 1).agrees


def test_nothing_seen_needs_a_chance_of_one_in_twenty():
    assert Check.of_none("x", 0.03).agrees
    assert Check.of_none("x", 2.99).agrees  # exp(-2.996) = 0.05
    assert not Check.of_none("x", 3.0).agrees
    assert not Check.of_none("x", 4000.0).agrees


def test_a_verdict_needs_a_measure():
    with pytest.raises(ScenarioError, match="measure of the check of 'x' is empty"):
        Check("x", "1", "1", True)
    assert Check.shown("x", "a lot", "3").agrees is None
    assert Check("x", "1", "1", np.True_, measure="m").agrees is True


def test_remarks_are_not_counted():
    checks = [Check("a", "1", "1", True, measure="m"), Check("b", "2", "3", False, measure="m")]
    shown = Check.shown("c", "none", "4")
    assert line([*checks, shown]).startswith("1 of 2 agree, 1 more is shown: a")
    assert line([*checks, shown, shown]).startswith("1 of 2 agree, 2 more are shown: a")
    assert line([shown]) == "nothing to judge, 1 is shown: c: 4 (paper: none)"
    assert verdicts(checks) == "1 of 2 agree"


def test_what_is_shared_is_made_once():
    run, calls = Run(seed=3), []

    def make(run, factor):
        calls.append(factor)
        return factor * run.seed

    assert [run.once(make, 2), run.once(make, 2), run.once(make, 5)] == [6, 6, 15]
    assert calls == [2, 5]
    assert run.map(abs, [-1, 2]) == [1, 2]


def test_tables_name_units_and_leave_out_what_is_not_there():
    x, y = np.array([1.0, 2.0]), np.array([[1.0, np.nan], [np.nan, 4.0]])
    data = xr.Dataset(
        {"y": (("kind", "x"), y, {"units": "ab^-1"})},
        coords={"x": ("x", x, {"units": "GeV^2"}), "kind": ["a", "b"], "low": ("x", x - 1)},
    )
    assert tidy({"": data}).as_csv() == "kind,x_GeV2,low,y_per_ab\na,1,0,1\nb,2,1,4\n"
    two = tidy({"one": data, "two": data})
    assert two.columns[0] == "panel"
    assert [row[0] for row in two.rows] == ["one", "one", "two", "two"]
    assert len(joined(two, two).rows) == 8
    assert Table(("a", "b"), [(0.123456789, None), (float("nan"), "x")]).as_csv() == "a,b\n0.123457,\n,x\n"


def test_folder_keeps_what_is_there_until_it_is_made_anew(tmp_path):
    folder = tmp_path / "deep" / "out"
    write(folder, "fig2")
    assert sorted(path.name for path in folder.iterdir()) == ["comparison.csv", "comparison.md", "fig2.csv", "fig2.png"]
    write(folder, "fig1")
    write(folder, "fig2", seed=2)
    found = rows(folder / "comparison.csv")
    assert [(row["exhibit"], row["agrees"], row["made_by"]) for row in found] == [
        ("fig1", "yes", "seed 1"),
        ("fig1", "yes", "seed 1"),
        ("fig2", "no", "seed 2"),
        ("fig2", "yes", "seed 2"),
    ]
    assert [row["leading"] for row in found] == 2 * ["yes", "no"]
    assert found[1]["note"] == 'a "note", and more'
    assert [row["limit_per_TeV"] for row in rows(folder / "fig2.csv")] == ["0.2", "0.4"]
    page = (folder / "comparison.md").read_text(encoding="utf-8")
    assert page.index("fig1: a line") < page.index("fig2: again")
    assert "\n\n3 of 4 agree. A number is judged where" in page
    assert "\n2 of 2 agree.\n\nWhat agrees:\n\n- limit at 0.1 GeV [1/TeV]: 0.1, paper: 0.1 (within 1%)\n" in page
    assert "\n1 of 2 agree.\n\nWhat differs:\n\n- limit at 0.1 GeV [1/TeV]: 0.2, paper: 0.1 (within 1%)\n" in page
    assert '- limit, in words: small, or, paper: small (below 1; a "note", and more)\n' in page
    assert [row["measure"] for row in found] == 2 * ["within 1%", "below 1"]


@pytest.mark.parametrize("problem", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_nothing_half_written(tmp_path, problem):
    write(tmp_path, "fig1")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def draw(path):
        path.write_bytes(b"half a pict")
        raise problem

    panels = compute(Run(2))
    with pytest.raises((KeyboardInterrupt, ScenarioError)):
        Folder(tmp_path, TOY).add(TOY.exhibits["fig1"], tidy(panels), compare(panels), draw)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_in_the_way_is_named_before_anything_is_written(tmp_path, capsys):
    (tmp_path / "out" / "fig9.csv").mkdir(parents=True)
    assert main(["reproduce", "ferber2022", "fig9", "--output", str(tmp_path / "out"), "--jobs", "1"]) == 2
    assert "has a folder fig9.csv where a file is to be" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["fig9.csv"]


def test_folder_refuses_what_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ScenarioError, match=r"is not a folder: .*file' is a file"):
        Folder(tmp_path / "file" / "below", TOY)
    (tmp_path / "comparison.csv").write_text("somebody,else\n1,2\n")
    with pytest.raises(ScenarioError, match=r"comparison.csv that is not one of toy2024"):
        Folder(tmp_path, TOY)


def test_names():
    assert "ferber2022" in paper_names()
    assert [exhibit.name for exhibit in TOY.chosen(["fig2", "fig1"])] == ["fig1", "fig2"]
    assert len(TOY.chosen()) == 2
    with pytest.raises(ScenarioError, match="which has fig1, fig2"):
        TOY.chosen(["fig11"])
    with pytest.raises(ScenarioError, match="paper = 'ferber' is unknown; did you mean ferber2022"):
        find_paper("ferber")
    with pytest.raises(ScenarioError, match="is taken by"):
        register_paper(find_paper("ferber2022"))
    with pytest.raises(ScenarioError, match="'fig1' appears twice in twice"):
        Paper("twice", "", "", 2 * [Exhibit("fig1", "", compute, compare)])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ferber2021"], "paper = 'ferber2021' is unknown; did you mean ferber2022?"),
        (["ferber2022", "fig13"], "'fig13' is not a figure or table of ferber2022, which has table1, fig1, fig2"),
    ],
)
def test_bad_names_get_one_sentence(tmp_path, capsys, arguments, message):
    assert main(["reproduce", *arguments, "--output", str(tmp_path / "out")]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_bad_folder_gets_one_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["reproduce", "ferber2022", "fig9", "--output", str(tmp_path / "file")]) == 2
    assert "is not a folder" in capsys.readouterr().err
