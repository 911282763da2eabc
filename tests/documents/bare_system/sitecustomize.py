"""Takes from an interpreter what only POSIX systems offer. On PYTHONPATH it is imported before anything else."""

from __future__ import annotations

import os
import signal
import sys

for module in ("resource", "fcntl", "termios", "tty", "pty", "pwd", "grp", "syslog"):
    sys.modules[module] = None  # type: ignore[assignment]
for name in (
    "fork",
    "forkpty",
    "killpg",
    "setsid",
    "setpgid",
    "getpgid",
    "getuid",
    "geteuid",
    "fchmod",
    "chown",
    "mkfifo",
):
    delattr(os, name)
for name in ("setitimer", "alarm", "pause", "sigwait", "SIGALRM", "SIGHUP", "SIGUSR1", "ITIMER_REAL"):
    delattr(signal, name)
