"""Old Word and RTF files to DOCX, where LibreOffice is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from peerlint.documents.limits import Limits

_HEADROOM = 0.75  # of the document's time, so that the converter ends before its caller must
_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SAFE_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
)


def installed_office() -> str | None:
    """The LibreOffice program on the path or where its installers put it, None where there is none."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return on_path or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def to_docx(content: bytes, suffix: str, limits: Limits) -> bytes | None:
    """The bytes of a DOCX made from an old file, without its macros and links; None where that fails."""
    office = installed_office()
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="peerlint-", ignore_cleanup_errors=True) as folder:
        source, profile = Path(folder, f"document{suffix}"), Path(folder, "profile")
        source.write_bytes(content)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        command = [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            timeout = _HEADROOM * limits.seconds
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
            return Path(folder, "document.docx").read_bytes()
        except (subprocess.SubprocessError, OSError):
            return None


def _settings() -> str:
    """LibreOffice's own registry file, with everything off that could run or fetch."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SAFE_SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
