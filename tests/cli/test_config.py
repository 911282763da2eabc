from pathlib import Path

import pytest

from peerlint.cli.config import Config, ConfigError, find_config, read_config


def test_nearest_configuration_above_the_folder_wins_whole(tmp_path: Path) -> None:
    (tmp_path / "peerlint.toml").write_text('ruleset = "cch-nc-2025"\npayer = "Carolina Complete Health"\n')
    charts = tmp_path / "charts"
    charts.mkdir()
    (charts / ".peerlint.toml").write_text('ruleset = ["wellcare-nc-2025"]\n')
    config = find_config(charts)
    assert config.ruleset == ("wellcare-nc-2025",)
    assert config.payer == ""


def test_pyproject_counts_only_with_a_peerlint_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.peerlint]\nfail-on = 'warning'\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    assert find_config(inner).fail_on == "warning"


def test_paths_in_a_configuration_start_at_its_folder(tmp_path: Path) -> None:
    (tmp_path / "peerlint.toml").write_text('waivers = "waivers.toml"\n')
    config = find_config(tmp_path)
    assert config.path(config.waivers) == tmp_path / "waivers.toml"
    assert config.path(config.baseline) is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("rulset = 'x'", "did you mean 'ruleset'"),
        ("jobs = 'two'", "jobs: must be a number"),
        ("payer = 3", "payer: must be a text"),
        ("ruleset = [1]", "must be a text or a list of texts"),
        ("jobs = [", "is not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "peerlint.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=complaint) as caught:
        read_config(path)
    assert str(path) in str(caught.value)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_config(_empty(tmp_path)).ruleset == Config().ruleset


def _empty(folder: Path) -> Path:
    path = folder / "peerlint.toml"
    path.write_text("")
    return path
