#!/usr/bin/env python3
"""Time the whole run, side by side: a small folder and a large one, one worker and two.

    python benchmarks/whole_run.py [--copies 10 80]

The folders are copies of the demo agency in which every member has another name and Medicaid ID, so that each copy is a
caseload of its own. Prints documents per second and peak memory of the main process and of its workers.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

DEMO = Path(__file__).parents[1] / "fixtures" / "demo"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="+", default=[10, 80], help="copies of the demo agency, per folder")
    copies = parser.parse_args().copies
    print(f"{'documents':>9} {'jobs':>5} {'seconds':>8} {'docs/s':>7} {'main MiB':>9} {'worker MiB':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for count, jobs in itertools.product(copies, (1, 2)):
            root = Path(folder) / str(count)
            documents = len(list(root.rglob("*.*"))) if root.exists() else build(root, count)
            seconds, main_memory, worker_memory = measure(root, jobs)
            print(
                f"{documents:>9} {jobs:>5} {seconds:>8.1f} {documents / seconds:>7.1f} "
                f"{main_memory:>9.0f} {worker_memory:>11.0f}"
            )


def build(root: Path, copies: int) -> int:
    """Write the copies; Word files get other Medicaid IDs. Returns the count."""
    written = 0
    for copy in range(copies):
        for path in DEMO.rglob("*.*"):
            target = root / f"caseload-{copy:03d}" / path.relative_to(DEMO)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".docx":
                _renumber(path, target, copy)
            else:
                shutil.copy(path, target)
            written += 1
    return written


def _renumber(path: Path, target: Path, copy: int) -> None:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as sink:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(".xml"):
                for ident in (b"902114587M", b"907733120T", b"915408862R", b"921060739K", b"930552418N"):
                    data = data.replace(ident, ident[:3] + f"{copy:03d}".encode() + ident[6:])
            sink.writestr(name, data)


def measure(root: Path, jobs: int) -> tuple[float, float, float]:
    """Wall seconds, and peak resident MiB of the main process and of its largest worker."""
    command = [sys.executable, "-c", _PROGRAM, str(root), str(jobs)]
    began = time.perf_counter()
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"NO_COLOR": "1"})
    seconds = time.perf_counter() - began
    main_memory, worker_memory = map(float, result.stdout.split())
    return seconds, main_memory, worker_memory


_PROGRAM = """
import resource, sys
from datetime import date
from pathlib import Path
from peerlint.run import Request, check
if __name__ == "__main__":
    check(Request((Path(sys.argv[1]),), ("wellcare-nc-2025",), date(2025, 7, 31), jobs=int(sys.argv[2])))
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        print(resource.getrusage(who).ru_maxrss / 1024)
"""


if __name__ == "__main__":
    main()
