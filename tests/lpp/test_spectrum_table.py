"""Tables of spectra: density, sampler, file format."""

import numpy as np
import pytest

from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.spectrum_table import SpectrumTable


def bumpy():
    rng = np.random.default_rng(5)
    return SpectrumTable(
        ("x", "y"),
        (np.array([0.01, 0.03, 0.1, 0.2, 1.0]), np.array([-1.0, 0.0, 0.5, 2.0])),
        rng.random((5, 4)) + 0.05,
        ("log", "linear"),
        {"seed": "5", "title": "what: ever"},
    )


def test_the_density_integrates_to_one():
    table = bumpy()
    x = np.geomspace(0.01, 1.0, 20_001)
    y = np.linspace(-1, 2, 301)
    inner = np.trapezoid(table.density(x[:, None], y) * x[:, None], np.log(x), axis=0)
    assert np.trapezoid(inner, y) == pytest.approx(1, abs=1e-4)
    np.testing.assert_array_equal(table.density([0.009, 1.1, 0.5, 0.5], [0.0, 0.0, -1.1, 2.1]), 0.0)


def test_samples_have_the_density():
    """Uniform points, weighed with 1/density, give back the area of the grid, in each quarter of it."""
    table = bumpy()
    values = table.sample(np.random.default_rng(1).random((400_000, 2)))
    x, y = values.T
    share = 1 / (table.density(x, y) * x)
    for a, b in ((0.01, 0.05), (0.05, 1.0)):
        for c, d in ((-1, 0.3), (0.3, 2)):
            chosen = (x > a) & (x < b) & (y > c) & (y < d)
            error = (share * chosen).std() / np.sqrt(len(x))
            assert abs((share * chosen).mean() - np.log(b / a) * (d - c)) < 5 * error


def test_sampling_is_monotone_in_both_coordinates():
    table = bumpy()
    points = np.linspace(0, 1, 1001)
    first = table.sample(np.stack([points, np.full(1001, 0.3)], axis=1))[:, 0]
    second = table.sample(np.stack([np.full(1001, 0.3), points], axis=1))[:, 1]
    assert (np.diff(first) >= 0).all()
    assert (np.diff(second) >= 0).all()
    np.testing.assert_allclose([first[0], first[-1], second[0], second[-1]], [0.01, 1.0, -1, 2])


def test_a_histogram_finds_the_density_that_its_sample_has():
    table = bumpy()
    sample = table.sample(np.random.default_rng(2).random((300_000, 2)))
    fine = (np.geomspace(0.01, 1.0, 60), np.linspace(-1, 2, 40))
    counts = SpectrumTable.count(fine, sample, table.scales)
    again = SpectrumTable.from_counts(table.names, fine, counts, table.scales)
    x, y = np.array([0.02, 0.05, 0.15, 0.5]), np.array([-0.5, 0.25, 1.0, 1.5])
    np.testing.assert_allclose(again.density(x, y), table.density(x, y), rtol=0.2)
    halves = [SpectrumTable.count(fine, part, table.scales) for part in np.array_split(sample, 2)]
    np.testing.assert_array_equal(
        SpectrumTable.from_counts(table.names, fine, sum(halves), table.scales).values, again.values
    )


def test_a_table_survives_its_file():
    table = bumpy()
    read = SpectrumTable.read(table.write())
    assert read.names == table.names
    assert read.scales == table.scales
    assert read.metadata == table.metadata
    assert read.number("seed") == 5
    np.testing.assert_allclose(read.values, table.values, rtol=1e-3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nodes": ([0.0, 1.0], [0.0, 1.0])}, "nodes of x"),
        ({"nodes": ([0.1, 1.0, 0.5], [0.0, 1.0])}, "increase"),
        ({"values": [[1.0, 1.0]]}, "shape"),
        ({"values": [[1.0, -1.0], [1.0, 1.0]]}, ">= 0"),
        ({"values": [[0.0, 0.0], [0.0, 0.0]]}, "not all 0"),
        ({"scales": ("log", "square")}, "'linear' or 'log'"),
    ],
)
def test_bad_tables_are_refused(change, message):
    good = {
        "names": ("x", "y"),
        "nodes": ([0.1, 1.0], [0.0, 1.0]),
        "values": [[1.0, 1.0], [1.0, 1.0]],
        "scales": ("log", "linear"),
    }
    with pytest.raises(SpectrumError, match=message):
        SpectrumTable(**(good | change))


def test_other_texts_are_refused():
    with pytest.raises(SpectrumError, match="no table"):
        SpectrumTable.read("a,b\nc,d\n")
    with pytest.raises(SpectrumError, match="seed"):
        SpectrumTable(("x", "y"), ([0, 1], [0, 1]), np.ones((2, 2))).number("seed")
