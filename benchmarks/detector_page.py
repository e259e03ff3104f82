"""How long does the page of a detector take to be made, to open, and to follow its slider?

Makes the page of Belle II with decays, opens it in a fresh headless Chromium without a graphics card, five times, and
tells how large it is, the milliseconds from navigation until solids and decays are drawn, and those for one step of the
slider. Without a graphics card the browser draws on all cores, so the machine must be idle. Run from the root:
python benchmarks/detector_page.py
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "viz" / "pages"))

from browser import opened

from farflung.viz import detector_page, save_page

TIMES = 5
STEP = """() => new Promise((done) => {
    const begun = performance.now();
    moveTo(step + 1);
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


def main():
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "view.html"
        for _ in range(2):  # the first one may compile
            begun = time.perf_counter()
            save_page(detector_page("belle2", "alp-fermion", 0.3), path)
            made = time.perf_counter() - begun
        print(f"made in {made:.1f} s, {path.stat().st_size / 1e6:.2f} MB")
        for _ in range(TIMES):
            with opened(path) as (view, problems):
                view.wait_for_selector("body[data-drawn]")
                drawn = view.evaluate("performance.getEntriesByName('drawn')[0].startTime")
                steps = sorted(view.evaluate(STEP) for _ in range(9))
                load = os.getloadavg()[0]
                print(f"drawn after {drawn:.0f} ms, a step takes {steps[4]:.0f} ms; load {load:.1f}; {list(problems)}")


if __name__ == "__main__":
    main()
