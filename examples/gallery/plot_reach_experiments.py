"""
Which of eight experiments wins
===============================

At one mass each experiment excludes a range of couplings of its own. Beam dumps see what flies far, colliders what
decays near by, and searches for missing energy what nobody sees. Who reaches the smallest coupling changes from one
mass to another.
"""

import matplotlib.pyplot as plt

from farflung.scenarios import compare

MASSES = (0.05, 0.3, 1.0)  # GeV
DETECTORS = ("belle2", "lhcb", "babar", "na62", "na62-dump", "charm", "nucal", "e137")
found = compare(DETECTORS, "alp-weak", masses=MASSES, n=512, treatments=())
found.best_search()

# %%
# A search may exclude several intervals, or none.

for one in found.intervals():
    print(f"{one.mass:5.2f} GeV  {one.detector + ':' + one.search:20} {one.low:9.2e} to {one.high:9.2e} {one.open_end}")

# %%
# Orange reaches the smallest coupling, at 90 % CL (LHCb: 95 %). Projections are hatched; bars end where the picture
# does if the exclusion goes on.

status = {str(name): str(found.data["status"].sel(search=name).values) for name in found.searches}
figure, panels = plt.subplots(1, len(MASSES), figsize=(13, 4.6), sharey=True, layout="constrained")
for axes, mass in zip(panels, MASSES, strict=True):
    here = [one for one in found.intervals() if one.mass == mass]
    best = str(found.best_search().sel(mass=mass).values)
    for one in here:
        name = f"{one.detector}:{one.search}"
        axes.barh(
            found.searches.index(name), one.high - one.low, left=one.low, height=0.6,
            color="#D55E00" if name == best else "#56B4E9", edgecolor="0.3",
            hatch="////" if status[name] == "projection" else None,
        )  # fmt: skip
    axes.set(
        xscale="log",
        xlim=(2e-2, 1e3),
        xlabel=r"$c_{WW}/f_a$  [TeV$^{-1}$]",
        title=f"axion-like particle of {mass:g} GeV",
    )
panels[0].set_yticks(
    range(len(found.searches)),
    [
        f"{title}, {name.split(':')[1]}"
        for title, name in zip(found.data["detector_title"].values, found.searches, strict=True)
    ],
)
panels[0].invert_yaxis()
