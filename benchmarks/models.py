"""How long a mass grid of each model takes: widths, lifetimes and production, with the running.

python benchmarks/models.py [MASSES]
"""

import subprocess
import sys
from time import perf_counter

CODE = """
import sys
from time import perf_counter
import numpy as np
from farflung.lpp import make_model
name, n = sys.argv[1], int(sys.argv[2])
start = perf_counter()
model = make_model(name)
masses = np.geomspace(1.1e-3, 4.7, n)
model.partial_widths(masses)
model.ctau(masses)
for process in model.processes():
    model.production(process, masses[masses < process.max_mass])
first = perf_counter() - start
start = perf_counter()
model.partial_widths(masses)
print(first, perf_counter() - start)
"""


def main() -> None:
    """Time every model in a fresh process, without the imports."""
    n = sys.argv[1] if len(sys.argv) > 1 else "1000"
    print(f"{n} masses, first call in a fresh process (running, widths, c tau, all 20 processes), then widths again")
    start = perf_counter()
    for name in ("alp-fermion", "alp-weak", "alp-photon", "dark-scalar", "dark-photon"):
        out = subprocess.run([sys.executable, "-c", CODE, name, n], capture_output=True, text=True, check=True)
        first, again = map(float, out.stdout.split())
        print(f"{name:<14} {1e3 * first:8.1f} ms {1e3 * again:8.1f} ms")
    print(f"all together, with starting Python five times: {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
