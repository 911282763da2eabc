"""Tasks for child processes, which must be able to import them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from peerlint.documents.bounds import watch_peak
from peerlint.documents.limits import MEBIBYTE, Limits
from peerlint.documents.model import Document
from peerlint.documents.read import read


def read_quickly(path: Path) -> Document:
    return read(path, replace(Limits(), seconds=4.0))


def fill_slowly(path: Path) -> str:
    """Takes more and more memory under a watch, as where no bound on the address space is kept. Writes a letter for
    every 16 MiB, for it is not to come back."""
    watch_peak(256 * MEBIBYTE)
    held = []
    with path.open("ab", buffering=0) as taken:
        for _ in range(64):
            taken.write(b"x")
            held.append(b"x" * 16 * MEBIBYTE)
            time.sleep(0.05)
    return "never stopped"


def behave(path: Path) -> str:
    """Does what the path says."""
    if path.name == "hang":
        time.sleep(60)
    if path.name == "call":
        called = subprocess.Popen(["sleep", "60"])
        path.with_name("called").write_text(str(called.pid))
        called.wait()
    if path.name == "die":
        os._exit(1)
    if path.name == "abort":
        os.abort()
    if path.name == "fill":
        return str(len(bytearray(8 << 30)))
    if path.name == "fail":
        raise KeyError("words of a record")
    if path.name == "print":
        print("a library that prints")
        sys.stdout.flush()
    if path.name == "unsendable":
        return lambda: None  # type: ignore[return-value]
    return f"{path.name} in {os.getpid()}"
