"""Compiled code on disk: kept where there is a place for it, made again where it is damaged."""

import errno
import importlib.util
import subprocess
import sys

import pytest
from numba import config
from numba.core.caching import CacheImpl, IndexDataCacheFile

from farflung.geometry.kernels import compiled

KERNEL = "from farflung.geometry.kernels.compiled import compiled\n\n@compiled()\ndef twice(x):\n    return 2 * x\n"


@pytest.fixture
def start(tmp_path, monkeypatch):
    """A function that gives a kernel as a new process would have it."""
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "cache"))
    compiled._said.clear()
    (tmp_path / "kernel.py").write_text(KERNEL)

    def start():
        spec = importlib.util.spec_from_file_location("kernel", tmp_path / "kernel.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.twice

    return start


def hits(kernel):
    assert kernel(1.5) == 3.0
    return sum(kernel.stats.cache_hits.values())


def files(folder, ending):
    found = list(folder.rglob(f"*.{ending}"))
    assert found
    return found


def zero_the_middle(path):
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 512] = bytes(512)
    path.write_bytes(data)


def test_the_second_start_compiles_nothing(start):
    assert [hits(start()) for _ in range(3)] == [0, 1, 1]


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: path.write_bytes(b"not what it was"),
        zero_the_middle,
    ],
)
def test_what_is_damaged_is_compiled_again(start, tmp_path, ending, damage):
    hits(start())
    for path in files(tmp_path, ending):
        damage(path)
    assert [hits(start()) for _ in range(2)] == [0, 1]


def test_no_place_for_compiled_code(start, monkeypatch, caplog):
    monkeypatch.setattr(CacheImpl, "_locator_classes", [])
    assert [hits(start()) for _ in range(2)] == [0, 0]
    assert [record.getMessage() for record in caplog.records] == [
        "farflung: compiled code is not kept, which costs some seconds at each start: no folder for it can be written "
        "to; set NUMBA_CACHE_DIR to a folder that can be written to"
    ]


def test_a_full_disk(start, monkeypatch, caplog):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(IndexDataCacheFile, "_save_data", full)
    assert [hits(start()) for _ in range(2)] == [0, 0]
    (record,) = caplog.records
    assert "No space left on device" in record.getMessage()


def test_the_command_line_says_it_in_one_line():
    program = (
        "from numba.core.caching import CacheImpl; CacheImpl._locator_classes = []\n"
        "from farflung.command_line import main\n"
        "raise SystemExit(main('acceptance belle2 alp-fermion --mass 0.3 --ctau 0.1 -n 512 --json -'.split()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"probability": 0.51' in done.stdout
    # it may take so long that progress is told too
    said = [line for line in done.stderr.splitlines() if not line.startswith("searches: ")]
    assert len(said) == 1
    assert said[0].startswith("farflung: compiled code is not kept")
