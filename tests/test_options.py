"""What mkdocs.yml says, and what a build makes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from practice_library.build import SourceAccess
from practice_library.catalogue import catalogue_of
from practice_library.consent import Audience
from practice_library.diagnostics import Severity
from practice_library.evidence import Thresholds
from practice_library.options import (
    OptionError,
    build_date,
    option_sentence,
    options_from,
    read_settings,
)


def test_what_is_not_said_is_the_narrow_or_usual_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    options = options_from({}, "en")
    assert (options.audience, options.source) == (Audience.PUBLIC, SourceAccess.PUBLIC)
    assert (options.thresholds, options.severities) == (Thresholds(), {})


def test_options_are_read() -> None:
    written = {
        "today": "2026-11-24",
        "audience": "members",
        "source": "private",
        "thresholds": {"growing": 3, "exemplary": 5},
        "severity": {"held-in-public-source": "info"},
    }
    options = options_from(written, "fr")
    assert (options.today, options.language) == (date(2026, 11, 24), "fr")
    assert (options.audience, options.source) == (Audience.MEMBERS, SourceAccess.PRIVATE)
    assert options.thresholds == Thresholds(growing=3, exemplary=5)
    assert options.severities == {"held-in-public-source": Severity.INFO}


@pytest.mark.parametrize(
    "written",
    [
        {"today": "2026-02-30"},
        {"today": "tomorrow"},
        {"audience": "everyone"},
        {"audience": "Members"},
        {"source": "secret"},
        {"thresholds": 3},
        {"thresholds": {"growing": 0}},
        {"thresholds": {"growing": -1}},
        {"thresholds": {"growing": "two"}},
        {"thresholds": {"grown": 2}},
        {"thresholds": {"growing": 4, "exemplary": 3}},
        {"severity": "info"},
        {"severity": {"no-such-code": "info"}},
        {"severity": {"held-in-public-source": "loud"}},
        {"severity": {"held-in-public-source": []}},
        {"severity": {"not-a-choice": "warning"}},
        {"severity": {"consent-without-level": "info"}},
    ],
    ids=str,
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_option_that_means_nothing_is_told_with_its_file_and_code(
    written: dict[str, Any], language: str
) -> None:
    with pytest.raises(OptionError) as caught:
        options_from({"today": "2026-11-24", **written}, language)
    told = option_sentence(caught.value, "mkdocs.yml", catalogue_of(language))
    assert told.startswith("mkdocs.yml: ")
    assert told.endswith(" [bad-option]")


@pytest.mark.parametrize(
    "written", [date(2021, 4, 14), datetime(2021, 4, 14, 23, 0, tzinfo=UTC), "2021-04-14"]
)
def test_the_day_of_the_build_is_as_written(written: object) -> None:
    assert build_date(written) == date(2021, 4, 14)


def test_the_day_of_the_build_can_be_fixed_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1618444799")
    assert build_date(None) == date(2021, 4, 14)


def test_what_is_written_goes_before_what_is_fixed_from_outside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert build_date("2021-04-14") == date(2021, 4, 14)


def test_otherwise_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC).date()
    assert before <= build_date(None) <= datetime.now(UTC).date()


SETTINGS = {
    "list": "plugins:\n  - search\n  - practice-library:\n      spaces_dir: notes\n      today: 2021-04-14\n",
    "mapping": "plugins:\n  search: {}\n  practice-library: {spaces_dir: notes, today: 2021-04-14}\n",
    "tags": "site_url: !ENV [X, 'y']\nx: !!python/name:os.getcwd\nplugins:\n"
    "  - practice-library: {spaces_dir: notes, today: 2021-04-14}\n",
}


@pytest.mark.parametrize("form", SETTINGS)
def test_the_command_line_reads_each_form_that_mkdocs_takes(form: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(SETTINGS[form], encoding="utf-8")
    settings = read_settings(tmp_path / "mkdocs.yml")
    assert settings.spaces == tmp_path.resolve() / "notes"
    assert settings.options.today == date(2021, 4, 14)


def test_a_configuration_takes_what_it_inherits(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(SETTINGS["list"], encoding="utf-8")
    french = tmp_path / "mkdocs.fr.yml"
    french.write_text("INHERIT: mkdocs.yml\ntheme: {language: fr}\n", encoding="utf-8")
    settings = read_settings(french)
    assert (settings.options.language, settings.spaces.name) == ("fr", "notes")


def test_what_is_inherited_is_merged_as_mkdocs_merges_it(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "theme: {language: fr}\nplugins: {search: {}, practice-library: {spaces_dir: notes}}\n",
        encoding="utf-8",
    )
    members = tmp_path / "mkdocs.members.yml"
    members.write_text(
        "INHERIT: mkdocs.yml\ntheme: {palette: []}\nplugins: {practice-library: {audience: members}}\n",
        encoding="utf-8",
    )
    found = read_settings(members)
    assert (found.spaces, found.options.language) == (tmp_path / "notes", "fr")
    assert found.options.audience is Audience.MEMBERS


def test_without_a_configuration_the_usual_holds(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "mkdocs.yml")
    assert (settings.spaces, settings.options.language) == (tmp_path.resolve() / "spaces", "en")


def test_a_configuration_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("plugins: [", encoding="utf-8")
    with pytest.raises(OptionError):
        read_settings(tmp_path / "mkdocs.yml")
