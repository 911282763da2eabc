"""The child process behind ``Workers``: answers one path after another until its parent is gone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from peerlint.documents.bounds import bound_memory, bound_time
from peerlint.documents.limits import MEBIBYTE
from peerlint.documents.model import Unreadable
from peerlint.documents.worker_answer import Answer

GRACE = 5.0  # seconds that the parent has to end a late child; one whose parent is gone then ends by itself


def serve() -> None:
    """Reads a task and its limits, then paths, from standard input; answers on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions, answers = sys.stdin.buffer, _private_output()
    try:
        pickled, limits = pickle.load(questions)
        task = pickle.loads(pickled)
        bound_memory(limits.memory)
    except Exception as error:
        _send(answers, Answer(f"{type(error).__name__}: {error}"))
        return
    _send(answers, Answer(None))
    while True:
        try:
            path = pickle.load(questions)
        except EOFError:
            return
        bound_time(limits.seconds + GRACE)
        answers.write(_answer(task, path, limits.memory))
        bound_time(0.0)
        answers.flush()


def _answer(task: Callable[[Path], Any], path: Path, memory: int) -> bytes:
    """The pickled answer for one path. What went wrong is told by its kind alone, never with words of the record."""
    try:
        return pickle.dumps(Answer(task(path)))
    except Unreadable as unreadable:
        return pickle.dumps(Answer(unreadable))
    except MemoryError:
        reason = f"reading it needed more than {memory // MEBIBYTE} MiB of memory"
        return pickle.dumps(Answer(Unreadable(reason, "print it to PDF again, or split it"), fit=False))
    except Exception as error:
        return pickle.dumps(
            Answer(Unreadable(f"it could not be read: {type(error).__name__}", "save it again as DOCX or PDF"))
        )


def _private_output() -> BinaryIO:
    """The pipe to the parent, moved away from standard output, which anybody may print to."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return channel


def _send(answers: BinaryIO, answer: Answer) -> None:
    pickle.dump(answer, answers)
    answers.flush()
