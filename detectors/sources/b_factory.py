"""B mesons from electrons and positrons of unequal energies at the Y(4S)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from pylorentz import Momentum4

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Source
from farflung.lpp import Collision, Flights, PhotonAssociated, Process, VectorAssociated, arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.sampling.kinematics import boost, unit_vectors
from farflung.lpp.units import NB_IN_INVERSE_AB

Array = NDArray[np.float64]


class BFactory(Source):
    """Pairs of B mesons from e+ e- -> Y(4S) -> B Bbar, at rest with respect to each other but for 0.33 GeV.

    The mesons leave the origin with a sin^2 theta distribution about the electron's direction in the
    centre-of-mass frame; their own flight of about 0.1 mm is left out. The beams also make long-lived particles
    beside a photon (`photon_associated`; vectors by `farflung.lpp.VectorAssociated`); these flights are not aimed,
    their directions follow the reaction.

    Parameters
    ----------
    electron_energy, positron_energy
        Beam energies [GeV].
    half_crossing_angle
        Angle [rad] between either beam and the z axis; the beams lie in the x-z plane and both are tilted towards +x.
    luminosity
        Integrated luminosity [ab^-1].
    cross_sections
        Cross-section [nb] of each kind of pair, by the PDG name of its meson.

    Raises
    ------
    DetectorError
        If the luminosity is not positive or the beams cannot make a pair.
    """

    dimension = 2
    azimuth = 1

    def __init__(
        self,
        electron_energy: float,
        positron_energy: float,
        half_crossing_angle: float,
        luminosity: float,
        cross_sections: Mapping[str, float],
    ) -> None:
        self.electron_energy = float(electron_energy)
        self.positron_energy = float(positron_energy)
        self.half_crossing_angle = float(half_crossing_angle)
        self.luminosity = arguments.positive("luminosity", luminosity, DetectorError, "ab^-1")
        self.cross_sections = dict(cross_sections)
        # beam masses are 1e-8 of what matters here
        sine, cosine = np.sin(half_crossing_angle), np.cos(half_crossing_angle)
        electron = Momentum4(electron_energy, electron_energy * sine, 0.0, electron_energy * cosine)
        positron = Momentum4(positron_energy, positron_energy * sine, 0.0, -positron_energy * cosine)
        total = electron + positron
        self.sqrt_s = float(total.m)
        self.velocity: Array = np.array([total.p_x, total.p_y, total.p_z], dtype=float) / float(total.e)
        for name in self.cross_sections:
            if 2 * sm.mass(name) >= self.sqrt_s:
                raise DetectorError(
                    f"electron_energy = {electron_energy:g} GeV and positron_energy = {positron_energy:g} GeV make "
                    f"{self.sqrt_s:.4f} GeV, too little for a pair of {name}"
                )
        in_lab = np.array([[electron.p_x, electron.p_y, electron.p_z]], dtype=float)
        _, in_rest_frame = boost(float(electron.e), in_lab, -self.velocity)
        axis = in_rest_frame[0] / np.linalg.norm(in_rest_frame)
        x_axis = np.cross([0.0, 1.0, 0.0], axis)
        x_axis /= np.linalg.norm(x_axis)
        self._frame: Array = np.stack([x_axis, np.cross(axis, x_axis), axis])

    def _yields(self) -> Mapping[str, float]:
        return {
            name: 2 * cross_section * NB_IN_INVERSE_AB * self.luminosity
            for name, cross_section in self.cross_sections.items()
        }

    @property
    def photon_associated(self) -> PhotonAssociated:
        """The reaction e+ e- -> gamma X at this collider's energy, as a process of a search."""
        return PhotonAssociated(self.sqrt_s)

    def _offers(self) -> Mapping[str, object]:
        return {"e+ e-": Collision(self.luminosity, self.velocity, self._frame)}

    def _reactions(self) -> tuple[Process, ...]:
        return (self.photon_associated, VectorAssociated(self.sqrt_s))

    def _parents(self, name: str, points: Array) -> Flights:
        mass = sm.mass(name)
        momentum = np.sqrt(self.sqrt_s**2 / 4 - mass**2)
        # inverse of the distribution function (2 + 3c - c^3)/4 of 3/4 (1 - c^2)
        cos_theta = 2 * np.cos(np.arccos(1 - 2 * points[:, 0]) / 3 + 4 * np.pi / 3)
        local = unit_vectors(cos_theta, 2 * np.pi * points[:, 1])
        _, lab = boost(self.sqrt_s / 2, momentum * local @ self._frame, self.velocity)
        return Flights(np.zeros(3), lab, mass)
