"""The hook as a repository of notes would use it, run by the real pre-commit."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[2]
DEMO = PROJECT / "fixtures" / "demo"


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    quiet = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@x", "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@x"}
    environment = os.environ | quiet | {"PRE_COMMIT_HOME": str(folder / ".cache"), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def notes_repository(folder: Path) -> Path:
    """A repository that holds one member's chart and uses the project's hook with this environment's peerlint."""
    repository = folder / "notes"
    shutil.copytree(DEMO / "harlan-june", repository / "harlan-june")
    hooks = folder / "hooks"
    hooks.mkdir()
    shutil.copy(PROJECT / ".pre-commit-hooks.yaml", hooks)
    run(hooks, "git", "init", "-q")
    run(hooks, "git", "add", ".")
    run(hooks, "git", "commit", "-qm", "hooks")
    peerlint = Path(sys.executable).with_name("peerlint")
    hook = {
        "id": "peerlint",
        "language": "system",
        "entry": f"{peerlint} check --format concise --ruleset wellcare-nc-2025 --as-of 2025-07-31",
    }
    revision = run(hooks, "git", "rev-parse", "HEAD").stdout.strip()
    config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": [hook]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    run(repository, "git", "init", "-q")
    return repository


def test_a_changed_note_with_a_fault_stops_the_commit(tmp_path: Path) -> None:
    repository = notes_repository(tmp_path)
    run(repository, "git", "add", "harlan-june/2025-02-25 note.docx")
    result = run(repository, sys.executable, "-m", "pre_commit", "run")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "2025-02-25 note.docx" in result.stdout
    assert "X101" in result.stdout
    assert "2025-04-01 note.docx" not in result.stdout, "only the changed note is judged"
    assert "D107" not in result.stdout, "the plan beside it is found"


def test_a_changed_note_without_fault_passes(tmp_path: Path) -> None:
    repository = notes_repository(tmp_path)
    run(repository, "git", "add", "harlan-june/2025-02-11 note.docx")
    result = run(repository, sys.executable, "-m", "pre_commit", "run")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Passed" in result.stdout
