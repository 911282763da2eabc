"""Without a browser the tests that need it are not collected."""

from browser import BROWSER

collect_ignore = [] if BROWSER else ["test_browser.py"]
