"""GAZELLE: boxes at a place that the user gives."""

import numpy as np
import pytest

from farflung.command_line import main
from farflung.detectors import GAZELLE, BelleII, DetectorError, detector_names, make_detector
from farflung.detectors.registry import DETECTORS, register_detector

PLACE = (8.0, -2.0, 1.0)


def crossed(flights, low, high):
    """Lengths of flights inside a box, by slabs."""
    with np.errstate(divide="ignore"):
        one, two = (low - flights.origin) / flights.direction, (high - flights.origin) / flights.direction
    entry, leave = np.minimum(one, two).max(axis=1), np.maximum(one, two).min(axis=1)
    return np.maximum(leave - np.maximum(entry, 0), 0)


@pytest.mark.parametrize(
    ("size", "boxes"),
    [
        ("baby", [((8, -2, 1), (12, 2, 5))]),
        ("l", [((8, -2, 1), (14, 14, 25)), ((8, -2, 25), (34, 14, 28))]),
        ("godzilla", [((8, -2, 1), (33, 8, 51))]),
    ],
)
def test_decays_of_long_lived_particles_inside(size, boxes):
    gazelle, ctau = GAZELLE(PLACE, size), 1e4
    flights = BelleII().source.flights("B+ -> K+", 0.3, n=400_000, seed=2, sampling="random")
    lengths = sum(crossed(flights, np.array(low), np.array(high)) for low, high in boxes)
    expected = (lengths / flights.beta_gamma * flights.weight).sum() / ctau
    aimed = gazelle.flights_from("B+ -> K+", 0.3, search="decays")
    found = float(gazelle.acceptance("decays", aimed)(ctau))
    assert found == pytest.approx(expected, rel=4 / np.sqrt((lengths > 0).sum()) + 0.005)


def test_it_counts_what_belle2_counts():
    assert GAZELLE(PLACE).source.number_of("B+") == BelleII().source.number_of("B+")
    assert {process.initial for process in GAZELLE(PLACE).searches["decays"].processes} == {"B+", "B0"}
    assert repr(GAZELLE(PLACE, luminosity=1.0)) == "GAZELLE(position=(8, -2, 1), luminosity=1)"


def test_bad_places():
    for place in ((1.0, 2.0), (1.0, np.nan, 2.0)):
        with pytest.raises(DetectorError, match="three finite numbers, x, y and z"):
            GAZELLE(place)
    with pytest.raises(DetectorError, match="interaction point inside"):
        GAZELLE((-1.0, -1.0, -1.0))
    with pytest.raises(DetectorError, match="size = 'tiny' must be one of baby, l, godzilla"):
        GAZELLE(PLACE, "tiny")


# What must be given


def test_it_is_asked_for_its_place(capsys):
    assert "gazelle" in DETECTORS.names()
    assert "gazelle" not in detector_names()
    with pytest.raises(DetectorError, match=r"gazelle needs position: corner .* none is published; give it, as in pos"):
        make_detector("gazelle")
    for command in (["reach", "gazelle", "alp-weak"], ["show", "gazelle", "--output", "x.png"]):
        assert main(command) == 2
        said = capsys.readouterr().err
        assert "gazelle needs position: corner" in said
        assert "none is published" in said
        assert "--set gazelle.position=..., 3 numbers with commas between" in said
        assert said.count("\n") == 1
    assert main(["compare", "far=gazelle", "belle2", "--model", "alp-weak"]) == 2
    assert "far needs position" in capsys.readouterr().err


def test_it_is_listed_and_cited_without_a_place(capsys):
    assert main(["list"]) == 0
    assert "needs --set gazelle.position=...: corner" in capsys.readouterr().out
    assert main(["cite", "gazelle"]) == 0
    assert "arXiv:2105.12962" in capsys.readouterr().out


def test_it_works_with_a_place(tmp_path, capsys):
    table = tmp_path / "reach.csv"
    place = ["--set", "gazelle.position=8,-2,1", "--set", "gazelle.size=godzilla"]
    grid = ["--mass", "0.5", "--coupling", "1e-3:1:21", "-n", "512", "--output", str(table)]
    assert main(["reach", "gazelle", "alp-fermion", *place, *grid]) == 0
    assert "gazelle,decays,alp-fermion,0.5" in table.read_text(encoding="utf-8")
    capsys.readouterr()


def test_options_that_must_be_given_are_told_of_any_factory():
    with DETECTORS.preserved():
        register_detector("somewhere", lambda place, luminosity=1.0: BelleII(luminosity))
        assert list(DETECTORS.needed("somewhere")) == ["place"]
        assert "somewhere" not in detector_names()
        with pytest.raises(DetectorError, match="somewhere needs place"):
            make_detector("somewhere", luminosity=2.0)
        assert make_detector("somewhere", place=3).luminosity == 1.0
