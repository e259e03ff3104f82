"""Every built-in detector passes the contract that users inherit for theirs."""

from farflung.detectors import BaBar, Belle, BelleII
from farflung.detectors.testing import DetectorContract


class TestBelleII(DetectorContract):
    masses = (0.005, 0.3, 3.0, 4.5)

    def make_detector(self):
        return BelleII()


class TestBelleIIWithoutBackground(DetectorContract):
    def make_detector(self):
        return BelleII(0.5, background=False, displaced_efficiency=0.5)


class TestBelle(DetectorContract):
    masses = (0.16, 1.0, 3.45)

    def make_detector(self):
        return Belle()


class TestBaBar(DetectorContract):
    def make_detector(self):
        return BaBar()
