"""Limits that rest on few flights say so, and get more of them."""

import csv
import io

import numpy as np
import pytest

from farflung.command_line import main
from farflung.detectors import CHARM, BelleII, NA62Dump
from farflung.lpp import ALPFermion, ALPPhoton
from farflung.scenarios import reach
from farflung.scenarios.sweeps.one_mass import ENOUGH, MOST_ENLARGED

COUPLINGS = np.geomspace(1e-5, 1e-1, 61)


def test_each_edge_has_the_error_of_its_events():
    found = reach(CHARM(), ALPFermion(), [0.3], COUPLINGS, n=2048)
    (interval,) = found.intervals()
    data = found.data.isel(search=0, mass=0)
    for edge, error in ((interval.low, interval.error_low), (interval.high, interval.error_high)):
        relative = np.interp(np.log(edge), np.log(COUPLINGS), data["events_error"] / np.maximum(data["events"], 1e-300))
        assert error == pytest.approx(relative, rel=0.3)
    open_end = reach((BelleII(), "displaced"), ALPFermion(), [0.3], [6e-4, 8e-4], n=512).intervals()[0]
    assert open_end.open_end == "low high"
    assert np.isnan([open_end.error_low, open_end.error_high]).all()


class Little(CHARM):
    """CHARM that asks for few flights."""

    sample_size = 512


class Least(NA62Dump):
    """NA62's dump that asks for fewer than help."""

    sample_size = 512


def test_more_flights_are_drawn_where_that_is_enough():
    def errors(detector, **options):
        interval = reach(detector, ALPPhoton(), [0.05], **options).intervals()[0]
        return interval.error_low, interval.error_high

    as_asked, four_times = errors(Little(), n=512), errors(Little(), n=MOST_ENLARGED * 512)
    assert max(four_times) < ENOUGH < max(as_asked) < 2 * ENOUGH
    assert errors(Little()) == four_times
    # four times as many would still be too few
    assert max(errors(Least(), n=512)) > 2 * ENOUGH
    assert errors(Least()) == errors(Least(), n=512)
    # what is good enough stays as it is
    belle2 = (BelleII(), "displaced")
    assert reach(belle2, ALPFermion(), [0.3]).intervals() == reach(belle2, ALPFermion(), [0.3], n=4096).intervals()


def test_a_line_names_searches_that_few_flights_decide(capsys):
    asked = ["--mass", "0.05", "-n", "512"]
    assert main(["reach", "na62-dump", "alp-photon", *asked]) == 0
    out, err = capsys.readouterr()
    assert "statistical error of the events at an edge, at most: na62-dump:decays" in err
    (row,) = csv.DictReader(io.StringIO("".join(line for line in out.splitlines(True) if not line.startswith("#"))))
    assert max(float(row["events_error_low"]), float(row["events_error_high"])) > ENOUGH
    assert main(["reach", "belle2:displaced", "alp-fermion", "--mass", "0.3"]) == 0
    assert "statistical error" not in capsys.readouterr().err
