"""Work on documents in child processes that can be killed, so that no file can take the run with it.

Each child is a fresh interpreter that imports nothing but the task. One that is late, dies or runs out of memory costs
its document one ``Unreadable``; another child goes on with the next document. The deadline is kept by the parent,
memory by the child itself (``bounds``).
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from peerlint.documents.limits import MEBIBYTE, Limits
from peerlint.documents.model import Unreadable
from peerlint.documents.worker_answer import Answer

Result = TypeVar("Result")

_CHILD = "from peerlint.documents.worker_child import serve; serve()"
_START_SECONDS = 120.0
_POLL_SECONDS = 0.5  # so that an interrupt is noticed where waiting cannot be interrupted


class Workers(Generic[Result]):
    """``jobs`` child processes that apply ``task``, a function at the top of an importable module, to files.

    Use as a context manager, or just iterate ``run`` to its end: the children are ended either way.
    """

    def __init__(self, task: Callable[[Path], Result], jobs: int = 1, limits: Limits | None = None) -> None:
        self._task = pickle.dumps(task)
        self._jobs = max(jobs, 1)
        self._limits = limits or Limits()
        self._children: list[_Child] = []

    def __enter__(self) -> Workers[Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the children, whatever they are doing."""
        for child in self._children:
            child.end()

    def run(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Result | Unreadable]]:
        """Each path once with the task's result, or with why there is none, as they are finished."""
        todo = _Shared(paths)
        done: queue.SimpleQueue[tuple[Path, Result | Unreadable] | BaseException | None] = queue.SimpleQueue()
        self._children = [_Child(self._task, self._limits) for _ in range(self._jobs)]
        threads = [threading.Thread(target=_serve, args=(child, todo, done), daemon=True) for child in self._children]
        started: list[threading.Thread] = []
        try:
            for thread in threads:
                thread.start()
                started.append(thread)
            yield from _gathered(done, len(threads))
        finally:
            todo.close()
            self.close()
            for thread in started:
                thread.join()


def _serve(child: _Child, todo: _Shared, done: queue.SimpleQueue[Any]) -> None:
    """One thread's work: its child's documents one after another; None to say that it is through."""
    try:
        for path in todo:
            done.put((path, child.apply(path)))
    except BaseException as error:  # handed to the caller's thread, which raises it
        done.put(error)
    finally:
        child.discard()
        done.put(None)


def _gathered(done: queue.SimpleQueue[Any], threads: int) -> Iterator[Any]:
    while threads:
        try:
            item = done.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            continue
        if item is None:
            threads -= 1
        elif isinstance(item, BaseException):
            raise item
        else:
            yield item


class _Shared:
    """The paths, handed out one at a time to whichever thread asks."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = iter(paths)
        self._lock = threading.Lock()
        self._open = True

    def __iter__(self) -> _Shared:
        return self

    def __next__(self) -> Path:
        with self._lock:
            if not self._open:
                raise StopIteration
            return next(self._paths)

    def close(self) -> None:
        with self._lock:
            self._open = False


class _Child:
    """One child process, started when first needed and again after it died."""

    def __init__(self, task: bytes, limits: Limits) -> None:
        self._task = task
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def apply(self, path: Path) -> Any:
        """The task's result for one path, or the ``Unreadable`` that stands for it."""
        if self._process is None and not self._ended:
            self._start()
        answer, late = self._ask(path, self._limits.seconds)
        if answer is not None:
            if not answer.fit:
                self.discard()
            return answer.result
        self.discard()
        if late:
            return Unreadable(
                f"it took longer than {self._limits.seconds:g} s to read",
                "open it, save it again and see whether it is damaged",
            )
        return Unreadable(
            f"reading it needed more than {self._limits.memory // MEBIBYTE} MiB of memory or broke the reader",
            "print it to PDF again, or split it",
        )

    def end(self) -> None:
        """Kills the child for good; may be called from another thread than the one that asks it."""
        self._ended = True
        process = self._process
        if process is not None:
            _kill(process)

    def discard(self) -> None:
        """Gets rid of the process; the next document starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        if self._ended:  # while it was being started
            _kill(self._process)
        ready, _ = self._ask((self._task, self._limits), _START_SECONDS)
        if ready is None or ready.result is not None:
            self.discard()
            raise RuntimeError(f"the reading process could not start: {ready.result if ready else 'it ended at once'}")

    def _ask(self, message: object, seconds: float) -> tuple[Answer | None, bool]:
        """The child's answer, None if it died; and whether it was killed for being late."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None, False
        late = threading.Event()

        def overdue() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(seconds, overdue)
        timer.start()
        try:
            pickle.dump(message, process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
            return (answer if isinstance(answer, Answer) else None), False
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            return None, late.is_set()
        finally:
            timer.cancel()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a child and the programs it called: those of its group, or on Windows those of its job."""
    if process.returncode is not None:
        return
    if sys.platform == "win32" or not hasattr(os, "killpg"):
        process.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
