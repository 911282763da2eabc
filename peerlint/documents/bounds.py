"""What a reading process may take, by the means of the system it runs on.

The clock is kept everywhere. Memory is bounded by the address space on Linux, by a job on Windows, and on macOS, which
grants the bound on the address space without keeping it, by a look at the peak now and then.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
from contextlib import suppress

from peerlint.documents.windows_job import enter_job

_LOOK_SECONDS = 0.2


def bound_time(seconds: float) -> None:
    """Ends this process after so long, whatever it is doing; 0 takes the bound away."""
    if seconds > 0:
        faulthandler.dump_traceback_later(seconds, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


def bound_memory(memory: int) -> None:
    """Lets this process take so many bytes: an allocation beyond them fails, or ends the process."""
    if sys.platform == "win32":
        enter_job(memory)
    else:
        _bound_address_space(memory)
    if sys.platform == "darwin":
        watch_peak(memory)


def watch_peak(memory: int) -> None:
    """Ends this process soon after it has taken more than so many bytes."""
    threading.Thread(target=_end_above, args=(memory,), daemon=True).start()


def _end_above(memory: int) -> None:
    while _peak() <= memory:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


def _bound_address_space(memory: int) -> None:
    """Sets the bound, and none on what a crash may write out; nothing where there is no ``resource``."""
    if sys.platform != "win32":
        try:
            import resource
        except ImportError:
            return
        for kind, bound in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (bound, resource.getrlimit(kind)[1]))


def _peak() -> int:
    """The most bytes that this process has held in memory; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024
