import subprocess
import sys
from time import process_time

import numpy as np

from farflung.lpp import DarkScalar, make_model

CODE = """
from time import process_time
import numpy as np
from farflung.lpp import make_model
start = process_time()
model = make_model("alp-weak")
masses = np.geomspace(1.1e-3, 4.7, 1000)
model.partial_widths(masses)
model.ctau(masses)
model.production("B+ -> K+", masses)
print(process_time() - start)
"""


def test_a_thousand_masses_with_the_running_in_less_than_a_second() -> None:
    """In a fresh process, so that nothing of the running is left over; imports are not counted."""
    out = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert float(out.stdout) < 1.0


def test_all_processes_of_a_scalar_for_a_thousand_masses() -> None:
    start = process_time()
    model = make_model("dark-scalar")
    assert isinstance(model, DarkScalar)
    masses = np.geomspace(1.1e-3, 4.7, 1000)
    model.partial_widths(masses)
    for process in model.processes():
        model.production(process, masses[masses < process.max_mass])
    assert process_time() - start < 1.0
