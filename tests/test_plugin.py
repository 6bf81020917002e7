"""`mkdocs build` and `mkdocs serve` as an author meets them: what is said, what is published, what stays."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from tests.sites import Built, build, changed, environment, run, tree, write_files, write_project
from tests.small_library import CONSENT, LIBRARY

from practice_library.swap import Swap

PRIVATE: Final = {"source": "private"}
SILENT_NOTE: Final = """\
---
title: Nobody was asked
date: 2021-06-02
---

What was said stays here.
"""

WRONG_NOTES: Final = {
    "spaces/hill/harvests/2021-05-01-curious.md": (
        "---\ntitle: Curious\ndate: 2021-05-01\nprinciples:\n  - curiosty-over-judgement\n---\n",
        5,
        "unknown-principle",
    ),
    "spaces/hill/harvests/2021-05-02-twice.md": (
        "---\ntitle: Twice\ndate: 2021-05-02\ntitle: Twice over\n---\n",
        4,
        "duplicate-key",
    ),
    "spaces/hill/harvests/2021-02-28-impossible.md": (
        "---\ntitle: Impossible\ndate: 2021-02-30\n---\n",
        3,
        "not-a-date",
    ),
    "spaces/hill/harvests/2021-05-04-nobody-knows.md": (
        f"---\ntitle: Nobody knows\ndate: 2021-05-04\n{CONSENT}\npractices: [chek-in-round]\n---\n",
        5,
        "unknown-practice",
    ),
    "spaces/hill/harvests/2021-05-05-headless.md": (
        "Only words, and no head.\n",
        1,
        "no-front-matter",
    ),
    "spaces/hill/harvests/2021-05-06-nowhere.md": (
        f"---\ntitle: Nowhere\ndate: 2021-05-06\n{CONSENT}\n---\n\nFirst words.\n\nSee [[space:meadow]].\n",
        9,
        "unknown-space",
    ),
    "spaces/hill/harvests/2021-05-07-careless.md": (
        "---\ntitle: Careless\ndate: 2021-05-07\nconsent: public\n---\n",
        4,
        "consent-without-level",
    ),
    "spaces/hill/practices/untold.md": (
        "---\ntitle: Untold\n---\n",
        2,
        "missing-key",
    ),
    "spaces/hill/outputs/gadget.md": (
        "---\ntitle: Gadget\nkind: gadget\nsummary: A thing.\n---\n",
        3,
        "unknown-output-kind",
    ),
    "spaces/valley/space.md": (
        "---\ntitle: Valley\nhost: Valley House\ntype: club\n---\n",
        4,
        "unknown-type",
    ),
}
"""Ten notes, each wrong in its own way: text, line and code of the complaint."""
HELD_ENTRIES: Final = {
    "spaces/meadow/space.md": (
        "---\ntitle: Meadow kin\ntype: CoH\nhost: Meadowlark House\ninitiative: Hidden Shore\n---\n\nQuiet.\n"
    ),
    "spaces/meadow/harvests/2021-03-03-grief.md": (
        "---\ntitle: Meadowlark evening\ndate: 2021-03-03\npractices: [check-in-round]\n---\n\nMeadowlark.\n"
    ),
    "spaces/meadow/practices/lullaby.md": (
        "---\ntitle: Meadowlark lullaby\nsummary: Sung.\nrelated: [check-in-round]\n---\n"
    ),
    "spaces/hill/harvests/2021-06-02-silent.md": (
        "---\ntitle: Meadowlark night\ndate: 2021-06-02\npractices:\n"
        "  - check-in-round\n  - {title: Meadowlark walk, summary: A walk.}\n"
        "outputs:\n  - {title: Meadowlark song, kind: tool, summary: A song.}\n"
        "principles: [shared-ownership]\nreflections:\n  stories-shared: Of a meadowlark.\n---\n"
    ),
    "spaces/hill/harvests/2021-06-03-tomorrow.md": (
        "---\ntitle: Meadowlark morning\ndate: 2021-06-03\n"
        "consent: {level: public, given: 2026-11-25, by: group}\n---\n"
    ),
    "spaces/hill/harvests/2021-06-04-for-members.md": (
        "---\ntitle: Meadowlark noon\ndate: 2021-06-04\n"
        "consent: {level: members, given: 2021-06-04, by: group}\n---\n"
    ),
    "spaces/hill/outputs/nest.md": (
        "---\ntitle: Meadowlark nest\nkind: tool\nsummary: A nest.\npractices: [check-in-round]\n"
        "aliases: [meadowlark]\nconsent: {level: withheld}\n---\n"
    ),
    "spaces/harbour/practices/later.md": (
        "---\ntitle: Meadowlark later\nsummary: Not yet.\nconsent: {level: public, given: 2027-01-01}\n---\n"
    ),
}
"""Entries that nobody consented to show to everyone on the day of these tests."""
BY_HAND: Final = {
    "docs/practices/check-in-round.md": "# A round, told by hand\n",
    "docs/roles/index.md": "# Roles, told by hand\n",
    "docs/about.md": "# Who we are\n",
    "docs/about.fr.md": "# Qui nous sommes\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the small library, built."""
    project = write_project(tmp_path_factory.mktemp("small"), LIBRARY, options=PRIVATE)
    built = build(project, "--strict")
    assert built.code == 0, built.output
    return built


@pytest.fixture
def project(small: Built, tmp_path: Path) -> Path:
    """Give a copy of the small library, built, to be changed."""
    shutil.copytree(small.project, tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture(scope="module")
def wrong(small: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the build of the small library after ten wrong notes were added."""
    project = tmp_path_factory.mktemp("wrong") / "project"
    shutil.copytree(small.project, project)
    write_files(project, {name: text for name, (text, _, _) in WRONG_NOTES.items()})
    return build(project)


def reconfigure(project: Path, options: Mapping[str, Any]) -> None:
    """Write other options for a project."""
    write_project(project, {}, options=options)


def said(built: Built) -> str:
    """Give what a build said, without how long it took and which of its pages were kept from before."""
    told = re.sub(r"in [\d.]+ seconds", "", built.output)
    return re.sub(r"(\d+) built, (\d+) as they were", lambda m: f"{int(m[1]) + int(m[2])} pages", told)


# Errors.


def test_ten_wrong_notes_give_ten_diagnostics_with_file_and_line_in_one_run(wrong: Built) -> None:
    found = [re.fullmatch(r"(.+?):(\d+): .+ \[(.+)\]", line) for line in wrong.complaints]
    told = [(match[1], int(match[2]), match[3]) for match in found if match]
    assert sorted(told) == sorted((name, line, code) for name, (_, line, code) in WRONG_NOTES.items())


def test_wrong_notes_end_the_build_with_1_and_without_a_traceback(wrong: Built) -> None:
    assert wrong.code == 1
    assert "Traceback" not in wrong.output


def test_a_build_with_errors_leaves_the_site_as_it_was(small: Built, wrong: Built) -> None:
    assert changed(small.site, wrong.site) == set()
    assert {path.name for path in wrong.project.glob(".site*")} <= {".site.lock"}


def test_errors_are_said_in_the_language_of_the_site(project: Path) -> None:
    text, line, code = WRONG_NOTES["spaces/hill/harvests/2021-05-05-headless.md"]
    write_files(project, {"spaces/hill/harvests/2021-05-05-headless.md": text})
    write_project(project, {}, language="fr", options=PRIVATE)
    (complaint,) = build(project).complaints
    assert complaint.endswith(f"[{code}]")
    assert f"2021-05-05-headless.md:{line}: l’en-tête" in complaint.replace("'", "’")


def test_a_fault_in_the_middle_of_a_build_leaves_the_site_as_it_was(small: Built, project: Path) -> None:
    hook = "def on_post_page(output, page, config):\n    raise RuntimeError('a fault in another plugin')\n"
    write_project(project, {"fault.py": hook}, options=PRIVATE, hooks=["fault.py"])
    built = build(project)
    assert built.code != 0
    assert changed(small.site, built.site) == set()
    assert {path.name for path in project.glob(".site*")} <= {".site.lock"}


def test_a_file_that_somebody_put_into_the_site_stops_the_build_in_words(project: Path) -> None:
    write_files(project, {"site/CNAME": "www.example.org"})
    built = build(project)
    assert built.code == 1
    assert "'site' holds 'CNAME'" in built.output
    assert "Traceback" not in built.output
    assert built.site["CNAME"] == b"www.example.org"


def test_a_second_build_at_once_is_refused_in_words(small: Built, project: Path) -> None:
    held = Swap(project / "site")
    held.prepare()
    built = build(project)
    held.discard()
    assert built.code == 1
    assert "another build of 'site' is under way" in built.output
    assert changed(small.site, built.site) == set()


# Warnings.


@pytest.fixture
def warned(project: Path) -> Path:
    """Give the small library with a held note in sources that everyone can read, which is a warning."""
    reconfigure(project, {"source": "public"})
    write_files(project, {"spaces/hill/harvests/2021-06-02-silent.md": SILENT_NOTE})
    write_files(project, {"spaces/hill/space.md": LIBRARY["spaces/hill/space.md"] + "\nWe are more now.\n"})
    return project


def test_a_warning_is_told_and_the_new_site_published(warned: Path) -> None:
    built = build(warned)
    assert built.code == 0
    assert "[held-in-public-source]" in built.output
    assert "We are more now." in built.page("spaces/hill/")


@pytest.mark.parametrize("quiet", [(), ("--quiet",)], ids=["loud", "quiet"])
def test_a_warning_stops_a_strict_build_and_the_site_stays(
    small: Built, warned: Path, quiet: tuple[str, ...]
) -> None:
    built = build(warned, "--strict", *quiet)
    assert built.code == 1
    assert changed(small.site, built.site) == set()


def test_a_warning_of_mkdocs_itself_stops_a_strict_build_and_the_site_stays(
    small: Built, project: Path
) -> None:
    write_files(project, {"docs/about.md": "# About\n\n[Nowhere](nowhere.md)\n"})
    built = build(project, "--strict")
    assert built.code == 1
    assert changed(small.site, built.site) == set()


@pytest.mark.parametrize(("severity", "code"), [("info", 0), ("warning", 1), ("error", 1)])
def test_the_severity_of_a_diagnostic_can_be_chosen(warned: Path, severity: str, code: int) -> None:
    reconfigure(warned, {"severity": {"held-in-public-source": severity}})
    assert build(warned, "--strict").code == code


def test_a_warning_made_an_error_stops_every_build(warned: Path) -> None:
    reconfigure(warned, {"severity": {"held-in-public-source": "error"}})
    assert build(warned).code == 1


# Options.


@pytest.mark.parametrize(
    "options",
    [
        {"today": "one fine day"},
        {"today": "2026-02-30"},
        {"severity": {"no-such-code": "info"}},
        {"severity": {"unknown-key": "warning"}},
        {"severity": {"held-in-public-source": "loud"}},
        {"thresholds": {"growing": 0}},
        {"thresholds": {"growing": 4, "exemplary": 3}},
        {"spaces_dir": "spacse"},
    ],
    ids=str,
)
def test_an_option_that_means_nothing_stops_the_build_in_words(
    small: Built, project: Path, options: dict[str, Any]
) -> None:
    reconfigure(project, options)
    built = build(project)
    assert built.code == 1
    assert re.search(r"mkdocs\.yml: .+ \[bad-option\]", built.output)
    assert "Traceback" not in built.output
    assert changed(small.site, built.site) == set()


@pytest.mark.parametrize("options", [{"audience": "everyone"}, {"source": "secret"}], ids=str)
def test_an_unknown_choice_is_refused_by_name(project: Path, options: dict[str, Any]) -> None:
    reconfigure(project, options)
    built = build(project)
    assert built.code == 1
    assert next(iter(options)) in built.output
    assert "Traceback" not in built.output


def test_the_content_may_lie_in_another_folder(tmp_path: Path) -> None:
    files = {name.replace("spaces/", "notes/", 1): text for name, (text, _, _) in WRONG_NOTES.items()}
    built = build(write_project(tmp_path, files, options={"spaces_dir": "notes"}))
    assert any(line.startswith("notes/hill/practices/untold.md:2: ") for line in built.complaints)


def test_the_day_of_the_build_can_be_given(project: Path) -> None:
    write_files(project, HELD_ENTRIES)
    reconfigure(project, {**PRIVATE, "today": "2026-11-25"})
    shown = build(project).site
    assert "spaces/hill/2021-06-03-tomorrow/index.html" in shown
    assert "practices/later/index.html" not in shown


def test_the_edition_for_members_shows_what_members_share_and_no_more(project: Path) -> None:
    write_files(project, HELD_ENTRIES)
    shutil.rmtree(project / "site")
    reconfigure(project, {**PRIVATE, "audience": "members"})
    shown = build(project).site
    assert "spaces/hill/2021-06-04-for-members/index.html" in shown
    assert "spaces/hill/2021-06-02-silent/index.html" not in shown


# Pages.


@pytest.fixture(scope="module", params=["en", "fr"])
def by_hand(
    small: Built, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[str, Built]:
    """Give a language, and the small library in it with pages written by hand."""
    project = tmp_path_factory.mktemp("by-hand") / "project"
    shutil.copytree(small.project, project)
    write_project(project, BY_HAND, language=request.param, options=PRIVATE)
    built = build(project, "--strict")
    assert built.code == 0, built.output
    return request.param, built


def test_a_hand_written_page_wins_over_the_page_of_the_library(by_hand: tuple[str, Built]) -> None:
    _, built = by_hand
    assert "A round, told by hand" in built.page("practices/check-in-round/")
    assert "Roles, told by hand" in built.page("roles/")


def test_a_hand_written_page_is_in_the_language_of_the_site(by_hand: tuple[str, Built]) -> None:
    language, built = by_hand
    here, gone = ("Who we are", "Qui nous sommes") if language == "en" else ("Qui nous sommes", "Who we are")
    assert here in built.page("about/")
    assert not any(gone.encode() in data for data in built.site.values())
    assert {name for name in built.site if "about" in name} == {"about/index.html"}


@pytest.mark.parametrize("alias", ["practices/opening-round/", "practices/old/round/"])
def test_an_old_address_leads_to_where_the_entry_is_now(small: Built, alias: str) -> None:
    refresh = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', small.page(alias))
    assert refresh
    target = urllib.parse.urljoin(f"https://example.org/{alias}", refresh[1])
    assert target == "https://example.org/practices/check-in-round/"


@pytest.fixture(scope="module")
def with_held(small: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the small library built with entries that nobody consented to show."""
    project = tmp_path_factory.mktemp("held") / "project"
    shutil.copytree(small.project, project, ignore=shutil.ignore_patterns("site", ".site*"))
    write_files(project, HELD_ENTRIES)
    return build(project, "--strict")


def test_a_site_with_held_entries_is_byte_for_byte_the_site_without(small: Built, with_held: Built) -> None:
    assert with_held.code == 0, with_held.output
    assert changed(small.site, with_held.site) == set()


def test_the_log_says_nothing_of_held_entries(small: Built, with_held: Built) -> None:
    assert said(with_held).replace(str(with_held.project), "") == said(small).replace(str(small.project), "")


def test_a_public_source_tells_of_held_entries_by_their_count_alone(project: Path) -> None:
    write_files(project, HELD_ENTRIES)
    reconfigure(project, {"source": "public"})
    built = build(project)
    (told,) = [line for line in built.complaints if line.startswith("spaces: ")]
    assert re.search(rf"\b{len(HELD_ENTRIES)}\b", told)
    assert "eadow" not in built.output


# Serving.


@contextlib.contextmanager
def serving(project: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """Serve a project; gives the address of its site and a way to read the terminal."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    log = project / "terminal.txt"
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", "mkdocs.yml", "--livereload", "-a", address]
    with log.open("w", encoding="utf-8") as terminal:
        process = subprocess.Popen(
            command,
            cwd=project,
            env=environment(PYTHONUNBUFFERED="1"),
            stdin=subprocess.DEVNULL,
            stdout=terminal,
            stderr=subprocess.STDOUT,
        )
        try:
            yield f"http://{address}/library/", lambda: log.read_text(encoding="utf-8")
        finally:
            process.terminate()
            process.wait(timeout=30)


def fetched(url: str) -> str:
    """Give a page; nothing while there is none."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - this machine's own server
            text: str = answer.read().decode()
            return text
    except (urllib.error.URLError, ConnectionError):
        return ""


def eventually(holds: Callable[[], bool], *, seconds: float = 90) -> bool:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_serving_tells_a_mistake_keeps_the_last_good_page_and_then_shows_the_mended_one(
    project: Path,
) -> None:
    note = project / "spaces/hill/space.md"
    good = note.read_text(encoding="utf-8")
    with serving(project) as (site, terminal):
        page = f"{site}spaces/hill/"
        assert eventually(lambda: "We read together" in fetched(page)), terminal()
        note.write_text(good.replace("approaches:", "aproaches:"), encoding="utf-8")
        assert eventually(lambda: "spaces/hill/space.md:6: unknown key 'aproaches'" in terminal()), terminal()
        assert eventually(lambda: "We read together" in fetched(page)), terminal()
        note.write_text(good.replace("We read together", "We read aloud"), encoding="utf-8")
        assert eventually(lambda: "We read aloud" in fetched(page)), terminal()
        assert "Traceback" not in terminal()


def test_serving_publishes_nothing(small: Built, project: Path) -> None:
    note = project / "spaces/hill/space.md"
    note.write_text(note.read_text(encoding="utf-8") + "\nWe are more now.\n", encoding="utf-8")
    with serving(project) as (site, terminal):
        assert eventually(lambda: "We are more now" in fetched(f"{site}spaces/hill/")), terminal()
    assert changed(small.site, tree(project / "site")) == set()


def test_a_preview_no_longer_has_what_was_withdrawn_since_and_keeps_the_rest(project: Path) -> None:
    name, text = "spaces/hill/harvests/2021-06-01-told.md", "title: Told at the brook\ndate: 2021-06-01\n"
    write_files(project, {name: f"---\n{text}{CONSENT}\n---\n\nWe sang.\n"})
    with serving(project) as (site, terminal):
        page = f"{site}spaces/hill/2021-06-01-told/"
        assert eventually(lambda: "We sang" in fetched(page)), terminal()
        write_files(project, {name: f"---\n{text}withdrawn: 2021-07-01\n---\n"})
        assert eventually(lambda: "We sang" not in fetched(page)), terminal()
        assert eventually(lambda: "Told at the brook" not in fetched(f"{site}spaces/hill/")), terminal()
        assert "Hill" in fetched(f"{site}spaces/hill/")
        assert fetched(page) == ""


# The other builder.


def test_the_same_wrong_notes_are_told_under_properdocs(wrong: Built) -> None:
    other = run(wrong.project, "properdocs", "build", "-f", "mkdocs.yml")
    assert other.code == 1
    assert other.complaints == wrong.complaints
