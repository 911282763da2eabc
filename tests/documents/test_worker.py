"""The pool of children that can be killed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tasks import behave

from peerlint.documents.limits import MEBIBYTE, Limits
from peerlint.documents.model import NoTextLayer, Unreadable
from peerlint.documents.worker import Workers

LIMITS = replace(Limits(), seconds=2.0, memory=1024 * MEBIBYTE)


def outcomes(*names: str, jobs: int = 1) -> dict[str, str]:
    found = Workers(behave, jobs, LIMITS).run([Path(name) for name in names])
    return {path.name: result.reason if isinstance(result, Unreadable) else "done" for path, result in found}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hang", "it took longer than 2 s to read"),
        ("die", "reading it needed more than 1024 MiB of memory or broke the reader"),
        ("abort", "reading it needed more than 1024 MiB of memory or broke the reader"),
        ("fill", "reading it needed more than 1024 MiB of memory"),
        ("fail", "it could not be read: KeyError"),
        ("unsendable", "it could not be read: AttributeError"),
        ("print", "done"),
    ],
)
def test_a_bad_document_costs_itself_alone(name: str, reason: str) -> None:
    assert outcomes("first", name, "last") == {"first": "done", name: reason, "last": "done"}


def test_a_program_that_a_late_document_called_ends_with_it(tmp_path: Path) -> None:
    ((_, result),) = Workers(behave, 1, replace(LIMITS, seconds=0.5)).run([tmp_path / "call"])
    assert isinstance(result, Unreadable)
    pid = int((tmp_path / "called").read_text())
    deadline = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    """Whether a process is there and is no mere entry waiting to be fetched by its parent."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    entry = Path(f"/proc/{pid}/stat")
    return not entry.exists() or entry.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("before", [[], [str(Path(__file__).with_name("bare_system"))]], ids=["posix", "bare"])
def test_a_child_whose_parent_is_gone_ends_by_itself(before: list[str]) -> None:
    command = "from peerlint.documents import worker_child; worker_child.GRACE = 0.2; worker_child.serve()"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*before, *sys.path])}
    with subprocess.Popen(
        [sys.executable, "-c", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        assert child.stdin
        for message in ((pickle.dumps(behave), replace(LIMITS, seconds=0.2)), Path("hang")):
            pickle.dump(message, child.stdin)
        child.stdin.flush()
        assert child.wait(timeout=30) == 1


def test_no_word_of_a_record_is_in_the_reason() -> None:
    (outcome,) = outcomes("fail").values()
    assert "words of a record" not in outcome


def test_several_jobs_answer_each_path_once() -> None:
    names = [f"n{number}" for number in range(40)]
    found = list(Workers(behave, 3, LIMITS).run([Path(n) for n in names]))
    assert sorted(path.name for path, _ in found) == sorted(names)
    assert len({str(result).rpartition(" ")[2] for _, result in found}) <= 3


def test_a_slow_document_does_not_hold_up_the_others() -> None:
    found = Workers(behave, 2, LIMITS).run([Path("hang"), Path("quick")])
    assert next(found)[0] == Path("quick")
    found.close()


def test_paths_are_taken_as_they_are_needed() -> None:
    taken = []

    def paths() -> Iterator[Path]:
        for number in range(1000):
            taken.append(number)
            time.sleep(0.001)
            yield Path(str(number))

    found = Workers(behave, 1, LIMITS).run(paths())
    next(found)
    found.close()
    assert len(taken) < 1000


def test_leaving_early_ends_the_children() -> None:
    started = time.monotonic()
    with Workers(behave, 2, LIMITS) as workers:
        found = workers.run([Path("quick"), Path("hang"), Path("hang")])
        assert next(found)[0] == Path("quick")
        found.close()
    assert time.monotonic() - started < 1.9


def test_a_task_that_cannot_be_loaded_is_the_callers_mistake() -> None:
    broken = Workers(behave, 1, LIMITS)
    broken._task = b"not a pickle"
    with pytest.raises(RuntimeError, match="could not start"):
        list(broken.run([Path("any")]))


def test_unreadable_keeps_its_kind_between_processes() -> None:
    from pickle import dumps, loads

    there_and_back = loads(dumps(NoTextLayer("a scan", "install OCR")))
    assert isinstance(there_and_back, NoTextLayer)
    assert (there_and_back.reason, there_and_back.remedy) == ("a scan", "install OCR")
