"""Every built-in detector passes the contract that users inherit for theirs."""

from farflung.detectors import (
    ANUBIS,
    CHARM,
    E137,
    E949,
    FACET,
    FASER,
    FASER2,
    GAZELLE,
    KLEVER,
    KOTO,
    LUXENPOD,
    MATHUSLA,
    NA64,
    SHADOWS,
    BaBar,
    Belle,
    BelleII,
    CODEXb,
    NA62Dump,
    NuCal,
    SeaQuest,
    SHiP,
    make_detector,
)
from farflung.detectors.testing import DetectorContract


class TestBelleII(DetectorContract):
    masses = (0.005, 0.3, 3.0, 4.5)

    def make_detector(self):
        return BelleII()


class TestBelleIIWithoutBackground(DetectorContract):
    def make_detector(self):
        return BelleII(0.5, background=False, displaced_efficiency=0.5)


class TestCHARM(DetectorContract):
    def make_detector(self):
        return CHARM()


class TestNuCal(DetectorContract):
    def make_detector(self):
        return NuCal()


class TestE137(DetectorContract):
    def make_detector(self):
        return E137()


class TestNA62Dump(DetectorContract):
    def make_detector(self):
        return NA62Dump()


class TestBelle(DetectorContract):
    masses = (0.16, 1.0, 3.45)

    def make_detector(self):
        return Belle()


class TestBaBar(DetectorContract):
    def make_detector(self):
        return BaBar()


class TestExtendedBelleII(DetectorContract):
    masses = (0.4, 3.0)

    def make_detector(self):
        return make_detector("belle2-extended", calorimeter="gaps")


class TestFASER(DetectorContract):
    def make_detector(self):
        return FASER()


class TestFASER2(DetectorContract):
    def make_detector(self):
        return FASER2()


class TestFASER2650(DetectorContract):
    def make_detector(self):
        return FASER2("650")


class TestFACET(DetectorContract):
    def make_detector(self):
        return FACET()


class TestMATHUSLA(DetectorContract):
    def make_detector(self):
        return MATHUSLA()


class TestCODEXb(DetectorContract):
    def make_detector(self):
        return CODEXb()


class TestANUBIS(DetectorContract):
    def make_detector(self):
        return ANUBIS()


class TestANUBISShaft(DetectorContract):
    def make_detector(self):
        return ANUBIS("shaft")


class TestSHiP(DetectorContract):
    def make_detector(self):
        return SHiP()


class TestSHADOWS(DetectorContract):
    def make_detector(self):
        return SHADOWS()


class TestKOTO(DetectorContract):
    masses = (0.05, 0.2)

    def make_detector(self):
        return KOTO()


class TestKOTOFull(DetectorContract):
    masses = (0.05, 0.2, 0.3)

    def make_detector(self):
        return KOTO("full")


class TestKOTOII(DetectorContract):
    masses = (0.05, 0.2)

    def make_detector(self):
        return KOTO("koto2")


class TestKLEVER(DetectorContract):
    masses = (0.05, 0.2)

    def make_detector(self):
        return KLEVER()


class TestE949(DetectorContract):
    masses = (0.05, 0.2)

    def make_detector(self):
        return E949()


class TestNA64(DetectorContract):
    masses = (0.02, 0.2)

    def make_detector(self):
        return NA64()


class TestLUXENPOD(DetectorContract):
    masses = (0.05, 0.3)

    def make_detector(self):
        return LUXENPOD()


class TestSeaQuest(DetectorContract):
    masses = (0.05, 0.3)

    def make_detector(self):
        return SeaQuest()


class TestSeaQuestPhase2(DetectorContract):
    masses = (0.1,)

    def make_detector(self):
        return SeaQuest("2", background=3.0)


class TestGAZELLE(DetectorContract):
    masses = (0.3, 2.0)

    def make_detector(self):
        return GAZELLE((8.0, -2.0, 1.0))


class TestGAZELLEInTwoParts(DetectorContract):
    masses = (0.3,)

    def make_detector(self):
        return GAZELLE((10.0, -8.0, -5.0), "l")
