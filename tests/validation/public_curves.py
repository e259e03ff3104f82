"""Public curves of other codes and papers, a few points of each, and what farflung makes of the same experiment."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from hepunits import c_light, m, ps
from numpy.typing import NDArray

from farflung.detectors import (
    CHARM,
    E137,
    E949,
    FASER,
    FASER2,
    KOTO,
    LUXENPOD,
    NA62,
    NA64,
    BaBar,
    Detector,
    LHCb,
    NA62Dump,
    NuCal,
    SeaQuest,
)
from farflung.lpp import ALPFermion, ALPPhoton, ALPWeak, DarkPhoton, DarkScalar, Model, TwoBodyDecay, conventions
from farflung.scenarios import compare

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PublicCurve:
    """A curve, and farflung's answer to the same question.

    Attributes
    ----------
    name
        What is excluded by whom.
    source
        Whose curve it is.
    differs
        What differs between there and here, in one sentence.
    points
        Mass [GeV] or lifetime [ps], smallest and largest excluded value of the curve, NaN where it has none.
    ours
        The same values (points, 2) of farflung at places (points,), given the largest and smallest of theirs.
    lower, upper
        Ranges in which the ratios of couplings, here over there, are expected.
    """

    name: str
    source: str
    differs: str
    points: tuple[tuple[float, float, float], ...]
    ours: Callable[[Array, Array], Array]
    lower: tuple[float, float]
    upper: tuple[float, float] | None = None

    def ratios(self) -> Array:
        """Ratios (points, 2) of the smallest and the largest excluded value, here over there; NaN without one."""
        places, *edges = np.array(self.points).T
        return np.asarray(self.ours(places, np.concatenate(edges)) / np.column_stack(edges))


def reach_of(
    make_detector: Callable[[], Detector],
    name: str,
    make_model: Callable[[], Model],
    parents: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    n: int | None = None,
) -> Callable[[Array, Array], Array]:
    """Edges of what a search excludes, from some parents and to some final states alone if any are named."""

    def edges(masses: Array, theirs: Array) -> Array:
        detector, model = make_detector(), make_model()
        search = detector.search(name)
        if parents:
            search = search.only_from(*(p for p in model.processes() if getattr(p, "parent", "") in parents))
        if states:
            search = search.only(*states)
        couplings = np.geomspace(0.2 * np.nanmin(theirs), 5 * np.nanmax(theirs), 321)
        found = compare([(detector, search)], model, masses, couplings, n=n, treatments=()).intervals()
        ours = np.full((len(masses), 2), np.nan)
        for row, mass in enumerate(masses):
            pieces = [interval for interval in found if interval.mass == mass]
            if pieces:
                ours[row] = pieces[0].low, np.nan if "high" in pieces[-1].open_end else pieces[-1].high
        return ours

    return edges


def weak_reach_of(make_detector: Callable[[], Detector], name: str) -> Callable[[Array, Array], Array]:
    """Edges for an ALP coupled to weak bosons, of g_aWW [GeV^-1]."""
    edges = reach_of(make_detector, name, ALPWeak)
    return lambda masses, theirs: conventions.w_coupling(edges(masses, conventions.from_w_coupling(theirs)))


def charm_limit(mass: float) -> Callable[[Array, Array], Array]:
    """CHARM's limit on B(B -> K X) B(X -> mu mu), the same for B+ and B0, with K* in the ratio of a pseudoscalar."""

    def limits(lifetimes: Array, _: Array) -> Array:
        charm, model = CHARM(bottom_cross_section=PYTHIA_CROSS_SECTION), ALPFermion()
        ctau = lifetimes * ps * c_light / m
        rates = {K: float(model.production(TwoBodyDecay("B+", K), mass)) for K in ("K+", "K*(892)+")}
        events = np.zeros(len(ctau))
        for parent in ("B+", "B0"):
            for daughter, rate in rates.items():
                process = TwoBodyDecay(parent, daughter.replace("+", parent[-1]))
                seen = charm.acceptance("decays", charm.flights_from(process, mass), "mumu")(ctau)
                events += charm.source.number_of(parent) * rate / rates["K+"] * seen * 0.85
        return np.column_stack([-np.log(0.1) / events, np.full(len(ctau), np.nan)])

    return limits


PYTHIA_CROSS_SECTION = 1.866
"""Cross-section [nb] for pairs of b quarks behind the curves of ALPINIST v1.3."""

_NAN = float("nan")
_ALPINIST = "ALPINIST v1.3, arXiv:2201.05170"
_FORESEE = "FORESEE, arXiv:2105.07077"
_SENSCALC = "SensCalc, arXiv:2305.13383"
_GORI = f"arXiv:2005.05170, digitised by {_FORESEE}"

CURVES = (
    PublicCurve(
        "CHARM, photons, c_BB",
        _ALPINIST,
        "Nothing by intention: spectra of pi0 and eta come from different versions of Pythia.",
        (
            (0.01, 2.323e-5, 3.065e-3), (0.02, 1.184e-5, 6.744e-4), (0.05, 5.02e-6, 8.197e-5), (0.1, 2.94e-6, 1.425e-5),
            (0.12, 2.753e-6, 8.359e-6),
        ),
        reach_of(CHARM, "decays", ALPPhoton),
        (0.9, 1.1),
        (0.9, 1.1),
    ),
    PublicCurve(
        "NuCal, photons, c_BB",
        _ALPINIST,
        "Nothing by intention: spectra of pi0 and eta come from different versions of Pythia.",
        (
            (0.01, 2.25e-5, 7.386e-3), (0.02, 1.169e-5, 1.665e-3), (0.05, 4.979e-6, 2.242e-4),
            (0.1, 2.692e-6, 4.465e-5), (0.2, 1.593e-6, 7.806e-6),
        ),
        reach_of(NuCal, "decays", ALPPhoton),
        (0.9, 1.1),
        (0.9, 1.1),
    ),
    *(
        PublicCurve(
            f"CHARM, B(B -> K X) B(X -> mu mu) against lifetime, {mass:g} GeV",
            f"{_ALPINIST}, after arXiv:1810.11336",
            "K* in the ratio of a pseudoscalar here; the ratio there is not stated.",
            tuple((lifetime, limit, _NAN) for lifetime, limit in points),
            charm_limit(mass),
            (0.9, 1.15),
        )
        for mass, points in (
            (0.22, ((1500, 4.503e-8), (3e3, 2.744e-8), (1e4, 3.417e-8), (3e4, 7.478e-8), (1e5, 2.209e-7))),
            (0.3, ((1500, 7.147e-8), (3e3, 3.217e-8), (1e4, 3.009e-8), (3e4, 5.933e-8), (1e5, 1.685e-7))),
        )
    ),
    PublicCurve(
        "E137, photons",
        f"J. D. Bjorken et al., Phys. Rev. D 38 (1988) 3375, digitised by {_FORESEE}",
        "The original acceptance is not known; here both photons must hit the calorimeter, with 3 GeV together.",
        (
            (0.003, 4.29e-6, 0.03386), (0.01, 1.389e-6, 2.742e-3), (0.03, 5.52e-7, 2.669e-4), (0.1, 2.315e-7, 1.974e-5),
            (0.2, 1.611e-7, 4.04e-6), (0.3, 1.417e-7, 1.42e-6), (0.35, 1.365e-7, 9.257e-7), (0.5, 1.601e-7, 2.842e-7),
        ),
        reach_of(E137, "decays", ALPPhoton),
        (0.8, 1.2),
        (0.8, 1.2),
    ),
    PublicCurve(
        "LHCb, B -> K mu mu, c_ff from 1 TeV",
        _SENSCALC,
        "There recast from the limits for B+ alone; both run c_ff from 1 TeV (`cutoff=1000`).",
        (
            (0.59, 1.140e-3, _NAN), (0.722, 9.958e-4, _NAN), (0.944, 8.75e-4, _NAN), (1.478, 7.739e-4, _NAN),
            (2.009, 6.242e-4, _NAN), (2.54, 5.871e-4, _NAN), (3.203, 6.437e-4, _NAN),
        ),
        reach_of(LHCb, "displaced", lambda: ALPFermion(cutoff=1e3)),
        (0.9, 1.1),
    ),
    PublicCurve(
        "NA62, K+ -> pi+ a unseen, c_ff, region 1",
        _SENSCALC,
        "Theirs is a projection for Run 2 (to LS3), ours the result of Run 1, whose limit on the branching ratio is "
        "four times weaker.",
        (
            (0.0125, 1.905e-4, _NAN), (0.02, 1.757e-4, _NAN), (0.03, 1.644e-4, _NAN), (0.05, 1.522e-4, _NAN),
            (0.06, 1.377e-4, _NAN), (0.07, 1.435e-4, _NAN),
        ),
        reach_of(NA62, "invisible", ALPFermion),
        (1.75, 2.15),
    ),
    PublicCurve(
        "NA62, K+ -> pi+ a unseen, c_ff, region 2",
        _SENSCALC,
        "As in region 1: a projection there, a result here.",
        (
            (0.164, 1.315e-4, _NAN), (0.175, 1.199e-4, _NAN), (0.2, 1.178e-4, _NAN), (0.2106, 1.097e-4, _NAN),
            (0.2185, 1.168e-4, _NAN),
        ),
        reach_of(NA62, "invisible", ALPFermion),
        (1.7, 2.15),
    ),
    PublicCurve(
        "NA62 dump, 1e18 protons, dark scalar from B mesons",
        f"{_ALPINIST}, projection",
        "There with bremsstrahlung of protons and decays to neutral pions; here B mesons and charged pairs alone, with "
        "their cross-section (1.866 nb) and top mass (173 GeV).",
        (
            (0.25, 2.041e-4, 8.647e-3), (0.3, 1.067e-4, 1.735e-3), (0.4, 8.052e-5, 6.747e-4), (0.5, 7.31e-5, 3.77e-4),
            (0.7, 8.458e-5, 1.329e-4),
        ),
        reach_of(
            lambda: NA62Dump(bottom_cross_section=PYTHIA_CROSS_SECTION), "decays",
            # at the last mass the most that is expected is 4 % above the limit
            lambda: DarkScalar(top_mass=173), ("B+", "B0"), n=2**17,
        ),
        (0.85, 1.15),
        (0.85, 1.15),
    ),
    PublicCurve(
        "BaBar, B -> K gamma gamma, c_WW",
        f"arXiv:2111.01800, digitised by {_FORESEE}",
        "Here limits are medians over ranges of mass, around which the published ones scatter with the data.",
        (
            (0.25, 2.429, _NAN), (0.3, 1.839, _NAN), (0.4, 1.5, _NAN), (0.7, 1.167, _NAN), (0.8, 1.035, _NAN),
            (1.2, 0.8087, _NAN), (1.5, 0.6774, _NAN), (2.0, 0.5141, _NAN), (2.5, 0.5003, _NAN), (3.0, 0.7034, _NAN),
            (3.5, 0.493, _NAN), (4.0, 0.5804, _NAN),
        ),
        reach_of(BaBar, "diphoton", ALPWeak),
        (0.6, 1.4),
    ),
    PublicCurve(
        "FASER2, photons, c_BB, forward tune of Pythia 8",
        f"{_FORESEE}, between its points",
        "There photons of EPOS-LHC and 5 b for a photon's absorption in iron; here 5.2 b.",
        (
            (0.02, 1.84e-5, 7.164e-3), (0.05, 7.41e-6, 9.308e-4), (0.1, 3.853e-6, 1.788e-4),
            (0.15, 2.703e-6, 6.568e-5), (0.2, 2.165e-6, 3.058e-5), (0.25, 1.906e-6, 1.582e-5),
        ),
        reach_of(FASER2, "decays", ALPPhoton),
        (0.85, 1.15),
        (0.75, 1.15),
    ),
    PublicCurve(
        "FASER2, photons, c_BB, SIBYLL 2.3d",
        f"{_FORESEE}, between its points",
        "As above: photons of EPOS-LHC there.",
        (
            (0.02, 1.84e-5, 7.164e-3), (0.05, 7.41e-6, 9.308e-4), (0.1, 3.853e-6, 1.788e-4),
            (0.15, 2.703e-6, 6.568e-5), (0.2, 2.165e-6, 3.058e-5), (0.25, 1.906e-6, 1.582e-5),
        ),
        reach_of(lambda: FASER2(generator="sibyll"), "decays", ALPPhoton),
        (0.85, 1.15),
        (0.8, 1.2),
    ),
    PublicCurve(
        "FASER2, 620 m away, photons, c_BB, forward tune of Pythia 8",
        f"{_FORESEE}, between its points",
        "The layout behind their curve is not stated: it reaches less than the one at 480 m, which is half as long "
        "with 1.7 times the solid angle; here it reaches more.",
        (
            (0.02, 1.844e-5, 5.766e-3), (0.05, 7.457e-6, 7.303e-4), (0.1, 3.895e-6, 1.406e-4),
            (0.15, 2.78e-6, 4.937e-5), (0.2, 2.282e-6, 2.232e-5),
        ),
        reach_of(lambda: FASER2("620"), "decays", ALPPhoton),
        (0.7, 1.1),
        (0.8, 1.25),
    ),
    PublicCurve(
        "KOTO, K_L -> pi0 a unseen, g_aWW, data of 2015",
        _GORI,
        "Lower edge: FORESEE has B(K_L -> pi0 a) = 4.5 g^2 GeV^2, here it is 5.2 g^2. Upper edge: theirs is that "
        "of a path of 0.65 to 0.9 m for each GeV of momentum, of which the spectrum is not stated; here the path "
        "is 1.8 m at least, the mean momentum 0.8 to 1.0 GeV. Above 0.11 GeV nothing is excluded here, there up "
        "to 0.14 GeV.",
        ((0.03, 2.236e-5, _NAN), (0.05, 2.259e-5, 1.238e-3), (0.08, 2.319e-5, 3.575e-4), (0.1, 2.435e-5, 1.911e-4)),
        weak_reach_of(KOTO, "invisible"),
        (0.9, 1.05),
        (0.5, 0.8),
    ),
    PublicCurve(
        "KOTO, K_L -> pi0 a unseen, g_aWW, projection",
        _GORI,
        "Theirs is a limit of 3.4e-10 on the branching ratio, ours one of 4.2e-10 for 1.4e20 protons. Upper edge: "
        "as for the data of 2015, so that the region ends at 0.17 GeV here, at 0.21 GeV there.",
        (
            (0.05, 8.784e-6, 1.467e-3), (0.08, 8.881e-6, 4.66e-4), (0.1, 9.075e-6, 2.638e-4),
            (0.12, 9.374e-6, 1.631e-4), (0.15, 1.008e-5, 9.044e-5), (0.17, 1.08e-5, 6.233e-5),
        ),
        weak_reach_of(lambda: KOTO("full"), "invisible"),
        (0.9, 1.4),
        (0.4, 0.8),
    ),
    PublicCurve(
        "KOTO, K_L -> pi0 a, a -> gamma gamma, g_aWW, projection",
        _GORI,
        "There backgrounds are simulated, among them wrong pairs of two pi0, which weigh most beside the pi0's "
        "mass. Here they are K_L -> pi0 gamma gamma alone, and losses by cuts are a guess: with none, couplings "
        "are 0.67 of these.",
        (
            (0.02, 4.728e-4, _NAN), (0.03, 2.534e-4, _NAN), (0.05, 1.182e-4, _NAN), (0.08, 7.907e-5, _NAN),
            (0.1, 7.019e-5, _NAN), (0.16, 6.992e-5, _NAN), (0.2, 4.927e-5, _NAN), (0.25, 4.872e-5, _NAN),
            (0.3, 6.158e-5, _NAN), (0.34, 6.959e-5, _NAN),
        ),
        weak_reach_of(lambda: KOTO("full"), "diphoton"),
        (0.45, 1.0),
    ),
    PublicCurve(
        "E949, K+ -> pi+ a unseen, g_aWW",
        _GORI,
        "FORESEE has B(K+ -> pi+ a) = 10.5 g^2 GeV^2, here it is 7.4 g^2; charm in the loop, left out here, "
        "explains most of it.",
        (
            (0.03, 3.305e-6, 1.232e-3), (0.05, 3.06e-6, 4.062e-4), (0.07, 2.718e-6, 1.996e-4), (0.09, 2.4e-6, 1.129e-4),
            (0.1, 2.525e-6, 8.706e-5), (0.11, 4.157e-6, 6.411e-5),
        ),
        weak_reach_of(E949, "invisible"),
        (0.9, 1.25),
        (1.0, 1.15),
    ),
    PublicCurve(
        "E949, K+ -> pi+ a, a -> gamma gamma, g_aWW",
        _GORI,
        "Theirs follows from a limit of 4e-8 on the branching ratio, with the rate above; here the published one "
        "on decays into three particles, 8.3e-9, is taken for two, whose efficiency is not published.",
        ((0.03, 1.596e-4, _NAN), (0.05, 9.968e-5, _NAN), (0.07, 7.589e-5, _NAN), (0.1, 6.178e-5, _NAN)),
        weak_reach_of(E949, "diphoton"),
        (0.55, 0.8),
    ),
    PublicCurve(
        "NA62, K+ -> pi+ a unseen, g_aWW, region 1",
        _GORI,
        "Theirs is a projection with one limit of 3.3e-11 on the branching ratio and the rate above, ours the "
        "result of Run 1. Upper edge: theirs is that of a path about twice as long, which NA62 had in 2020 too "
        "(arXiv:2011.11329), but not in 2025.",
        ((0.03, 1.782e-6, 1.77e-3), (0.05, 1.791e-6, 6.049e-4), (0.07, 1.798e-6, 2.915e-4), (0.09, 1.799e-6, 1.691e-4)),
        weak_reach_of(NA62, "invisible"),
        (0.95, 1.5),
        (1.35, 1.75),
    ),
    PublicCurve(
        "NA62, K+ -> pi+ a unseen, g_aWW, region 2",
        _GORI,
        "As in region 1.",
        ((0.17, 1.682e-6, 4.007e-5), (0.2, 1.757e-6, 2.684e-5), (0.23, 1.874e-6, 1.892e-5), (0.25, 1.98e-6, 1.495e-5)),
        weak_reach_of(NA62, "invisible"),
        (0.7, 1.1),
        (1.3, 1.65),
    ),
    PublicCurve(
        "NA62, K+ -> pi+ a, a -> gamma gamma, g_aWW",
        _GORI,
        "A projection there, which weakens above 0.3 GeV, where K+ -> pi+ gamma gamma is most frequent; the "
        "published limit, of which ours has medians, does not.",
        (
            (0.235, 3.456e-5, _NAN), (0.25, 3.436e-5, _NAN), (0.27, 3.816e-5, _NAN), (0.29, 4.561e-5, _NAN),
            (0.31, 5.066e-5, _NAN), (0.33, 6.093e-5, _NAN), (0.345, 8.716e-5, _NAN),
        ),
        weak_reach_of(NA62, "diphoton"),
        (0.5, 1.5),
    ),
    PublicCurve(
        "NA64, photons, both signatures",
        f"arXiv:2005.02710, digitised by {_FORESEE}",
        "Its efficiency is not at hand, and lengths here are from memory. An efficiency of one half at all masses, in "
        "place of 1, would make it 0.98 to 1.23 and 1.02 to 1.37; a shield longer by 0.45 m takes 0.13 to 0.27 off the "
        "largest.",
        (
            (0.0105, 2.392e-4, 3.732e-2), (0.02, 2.317e-4, 8.147e-3), (0.03, 2.27e-4, 2.601e-3),
            (0.04, 2.231e-4, 1.148e-3), (0.05, 2.309e-4, 5.441e-4),
        ),
        reach_of(NA64, "combined", ALPPhoton),
        (0.65, 0.85),
        (1.0, 1.75),
    ),
    PublicCurve(
        "NA64, photons, 5e12 electrons, decays in the hadron calorimeter",
        f"{_FORESEE}, which does not say whose projection",
        "Its layout is not stated: decays alone count (below 0.026 GeV it is weaker than the published limit), behind "
        "a shield of about 0.2 m, with which it would be 0.94, 0.94, 1.00 and 0.74, 0.85, 0.81.",
        ((0.03, 2e-4, 2.045e-2), (0.05, 1.22e-4, 5.615e-3), (0.1, 6.438e-5, 1.153e-3)),
        reach_of(lambda: NA64(5e12), "displaced", ALPPhoton),
        (1.0, 2.0),
        (0.1, 0.4),
    ),
    PublicCurve(
        "LUXE-NPOD, photons, phase 1",
        f"arXiv:2107.13554, digitised by {_FORESEE}",
        "Photons of a later simulation here; those of the shower in the dump are left out.",
        (
            (0.02, 1.595e-5, _NAN), (0.05, 6.925e-6, 9.044e-4), (0.1, 3.956e-6, 1.828e-4), (0.2, 2.522e-6, 3.161e-5),
            (0.3, 2.416e-6, 9.514e-6), (0.33, 2.651e-6, 6.552e-6),
        ),
        reach_of(LUXENPOD, "decays", ALPPhoton),
        (0.95, 1.2),
        (0.85, 1.05),
    ),
    PublicCurve(
        "SeaQuest, photons, c_BB, phase 1",
        _ALPINIST,
        "Both ask for 10 events, here as the limit with 46 of background; spectra of pi0 and eta come from different "
        "versions of Pythia.",
        (
            (0.0125, 3.568e-5, 4.536e-3), (0.02, 1.132e-5, 2.317e-3), (0.05, 3.371e-6, 6.872e-4),
            (0.1, 1.673e-6, 2.009e-4), (0.2, 9.232e-7, 4.587e-5), (0.5, 5.846e-7, 4.755e-6), (0.7, 8.095e-7, 1.282e-6),
        ),
        reach_of(lambda: SeaQuest(background=46.0), "photons", ALPPhoton),
        (0.9, 1.1),
        (0.9, 1.1),
    ),
    PublicCurve(
        "SeaQuest, photons, an earlier projection",
        f"arXiv:1804.00661, digitised by {_FORESEE}",
        "With photons of protons alone (those of pi0 and eta were first counted in arXiv:1904.02091), and the two "
        "photons of a decay as near to each other as they like, it would be 1.19, 1.05, 0.90, 0.75, 0.68 and 1.06, "
        "1.06, 1.06, 1.05, 0.99.",
        (
            (0.02, 1.122e-5, 6.79e-3), (0.05, 5.464e-6, 8.962e-4), (0.1, 3.476e-6, 1.848e-4), (0.2, 2.505e-6, 3.418e-5),
            (0.3, 2.339e-6, 1.172e-5),
        ),
        reach_of(lambda: SeaQuest(background=46.0), "photons", ALPPhoton),
        (0.25, 1.05),
        (0.3, 1.7),
    ),
    PublicCurve(
        "FASER, dark photon, 27 fb^-1, forward tune of Pythia 8",
        f"arXiv:2308.05587, observed, digitised by {_FORESEE}",
        "Here nothing is lost to reconstruction and 2.3 events are excluded; along the whole curve 1.3 to 2.8 are "
        "expected.",
        (
            (0.012, 7.749e-6, 1.952e-4), (0.03, 4.847e-6, 6.192e-5), (0.05, 3.973e-6, 3.158e-5),
            (0.08, 6.049e-6, 1.201e-5),
        ),
        reach_of(FASER, "tracks", DarkPhoton),
        (0.85, 1.3),
        (0.85, 1.15),
    ),
    PublicCurve(
        "FASER2, dark photon, forward tune of Pythia 8",
        "arXiv:1811.12522, as in darkcast",
        "Protons radiate here with 0.1 < z < 0.9 alone. The softer ones, down to 100 GeV or z = 0.014, decay more "
        "often: with them 3 to 4 times as many are seen at small couplings from 0.4 GeV on. At 0.78 GeV it is on "
        "the peak of the omega, where both are steep.",
        (
            (0.012, 6.237e-7, 3.108e-4), (0.03, 4.029e-7, 1.15e-4), (0.06, 3.137e-7, 5.395e-5),
            (0.1, 3.423e-7, 3.037e-5), (0.2, 3.473e-7, 1.407e-5), (0.3, 2.911e-7, 6.332e-6), (0.4, 3.051e-7, 4.19e-6),
            (0.6, 1.897e-7, 2.163e-6), (0.78, 6.308e-8, 1.204e-6),
        ),
        reach_of(FASER2, "decays", DarkPhoton),
        (0.65, 1.7),
        (0.55, 1.0),
    ),
    PublicCurve(
        "CHARM, dark photon",
        f"arXiv:1204.3583 (from memory), as in {_FORESEE}",
        "That curve has no step at the mass of the pion, so it counts etas alone, and twenty times as many as here, "
        "for a reason that is not at hand; pi0 make up for it below 0.13 GeV. Showers of 5 to 50 GeV count here; with "
        "all above 3 GeV it is 1.0 with pi0 and 2.1 without. No muons in either.",
        ((0.01, 3.599e-7, 3.51e-5), (0.03, 2.087e-7, 1.058e-5), (0.1, 1.19e-7, 2.778e-6), (0.2, 9.07e-8, 1.216e-6)),
        reach_of(CHARM, "decays", DarkPhoton, states=("ee",)),
        (1.2, 3.2),
        (0.7, 1.25),
    ),
    PublicCurve(
        "NuCal, dark photon",
        f"arXiv:1104.2747 and 1311.3870 (from memory), as in {_FORESEE}",
        "Showers count here from 10 GeV on; from 3 GeV on the smallest couplings of pi0, below 0.13 GeV, would be "
        "1.3, from 1 GeV on 1.05. Above, with bremsstrahlung alone, nothing by intention.",
        (
            (0.004, 3.363e-7, 2.729e-4), (0.03, 1.257e-7, 3.146e-5), (0.13, 2.231e-7, 5.57e-6), (0.2, 1.9e-7, 3.379e-6),
            (0.3, 1.421e-7, 1.381e-6), (0.5, 1.245e-7, 5.918e-7),
        ),
        reach_of(NuCal, "decays", DarkPhoton),
        (0.9, 2.4),
        (0.9, 1.4),
    ),
    PublicCurve(
        "NA62 dump, 1.4e17 protons, dark photon to muons",
        f"arXiv:2303.08666, observed, digitised by {_FORESEE}",
        "Here nothing is lost to trigger and reconstruction and 2.3 events are excluded; ten times as many are "
        "expected along their lower edge, of which their efficiency and their limit are not at hand.",
        ((0.22, 5.096e-7, 3.189e-6), (0.3, 4.042e-7, 2.506e-6), (0.4, 4.22e-7, 1.584e-6), (0.5, 4.736e-7, 1.002e-6)),
        reach_of(lambda: NA62Dump(1.4e17), "decays", DarkPhoton, states=("mumu",)),
        (0.4, 0.7),
        (1.1, 1.75),
    ),
    PublicCurve(
        "E137, dark photon",
        f"arXiv:1209.6083 (from memory), as in {_FORESEE}",
        "Both electrons must hit the calorimeter here, with 3 GeV together; with one of 1 GeV the smallest couplings "
        "would be 1.8 at 0.01, 1.4 at 0.03 and 1.0 to 1.2 from 0.1 GeV on.",
        ((0.004, 2.481e-8, 1.095e-4), (0.03, 3.61e-8, 1.214e-5), (0.1, 5.197e-8, 2.892e-6), (0.2, 7.586e-8, 1.099e-6)),
        reach_of(E137, "decays", DarkPhoton),
        (1.4, 3.0),
        (0.8, 1.1),
    ),
)  # fmt: skip
