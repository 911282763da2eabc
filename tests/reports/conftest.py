"""A browser, where the machine has one: without it the tests that need it are not collected."""

from __future__ import annotations

import shutil

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)

collect_ignore = [] if BROWSER else ["test_browser.py"]
