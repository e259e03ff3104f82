"""Edges of what is excluded, beside public curves; docs/validation.md says what is found here."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from page import PAGE, page
from public_curves import CURVES

FOLDER = Path(os.environ.get("FARFLUNG_REFERENCE", Path(__file__).resolve().parents[3] / "shared" / "reference"))

# file and column of each curve, where the files are
FILES = dict(zip((curve.name for curve in CURVES), (
    ("CHARM_ALP_photon.csv", 3), ("NuCal_ALP_photon.csv", 3),
    ("CHARM_modelindep_BKX_mumu_m220MeV.csv", 2), ("CHARM_modelindep_BKX_mumu_m300MeV.csv", 2),
    ("E137_ALP_photon_FORESEE.csv", 2), ("LHCb_BKmumu_ALP_fermion.csv", 3),
    ("NA62_Kpiinv_ALP_fermion_region1.csv", 3), ("NA62_Kpiinv_ALP_fermion_region2.csv", 3),
    ("NA62_dark_scalar.csv", 3), ("BaBar_ALP_cWW_FORESEE.csv", 3),
    ("FASER2_photon_FORESEE.csv", 1), ("FASER2_photon_FORESEE.csv", 1), ("FASER2_FPF_photon_FORESEE.csv", 1),
    ("KOTO_result_aWW.csv", 1), ("KOTO_2gamma_aWW_projection.csv", 1), ("KOTO_4gamma_aWW_projection.csv", 1),
    ("E949_0gamma_aWW.csv", 1), ("E949_gg_aWW.csv", 1), ("NA62_0gamma_aWW_low.csv", 1),
    ("NA62_0gamma_aWW_high.csv", 1), ("NA62_2gamma_aWW.csv", 1),
    ("NA64_photon_FORESEE.csv", 1), ("NA64_photon_projection.csv", 1), ("LUXE_NPOD_phase1_photon.csv", 1),
    ("DarkQuest_ALP_photon.csv", 3), ("SeaQuest_photon_projection.csv", 1),
    ("FASER_dark_photon_observed.csv", 1), ("FASER2_dark_photon_projection.csv", 1), ("CHARM_dark_photon.csv", 1),
    ("bounds_NuCal.csv", 1), ("NA62dump_mumu_dark_photon_observed.csv", 1), ("bounds_E137.csv", 1),
), strict=True))  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return {curve.name: curve.ratios() for curve in CURVES}


@pytest.mark.parametrize("curve", CURVES, ids=[curve.name for curve in CURVES])
def test_edges_agree_as_far_as_they_should(curve, found):
    low, high = found[curve.name].T
    assert np.isfinite(low).sum() >= len(curve.points) - 1
    assert curve.lower[0] < np.nanmin(low) <= np.nanmax(low) < curve.lower[1]
    if curve.upper is not None:
        assert curve.upper[0] < np.nanmin(high) <= np.nanmax(high) < curve.upper[1]


def test_the_page_says_what_is_found(found):
    assert PAGE.read_text(encoding="utf-8") == page(found), "python tests/validation/page.py writes it anew"


@pytest.mark.parametrize("curve", CURVES, ids=[curve.name for curve in CURVES])
def test_points_lie_on_the_curves_where_the_files_are(curve):
    name, column = FILES[curve.name]
    path = next((p for p in (FOLDER / "contours" / name, FOLDER / "more_contours" / name) if p.exists()), None)
    if path is None:
        pytest.skip("the reference curves are not part of the repository")
    rows = [line.split(",") for line in path.read_text().splitlines() if line[0].isdigit()]
    numbers = np.array(rows, dtype=float)
    if "epsilon_upper" in path.read_text():  # both edges at every mass: there and back they are one curve
        numbers = np.concatenate([numbers[:, :2], numbers[::-1, ::2]])
    x, y = numbers[:, [0 if column == 1 else 1, column]].T
    segment = np.zeros(len(x)) if column == 1 else numbers[:, 0]  # one closed curve, or several pieces
    x, y, segment = x[x > 0], y[x > 0], segment[x > 0]  # masses have logarithms
    for place, *edges in curve.points:
        before, after = np.log(x[:-1] / place), np.log(x[1:] / place)
        crossing = (before * after <= 0) & (before != after) & (segment[1:] == segment[:-1])
        share = before[crossing] / (before - after)[crossing]
        there = y[:-1][crossing] * (y[1:] / y[:-1])[crossing] ** share
        for edge in edges:
            assert np.isnan(edge) or np.abs(there / edge - 1).min() < 2e-3
