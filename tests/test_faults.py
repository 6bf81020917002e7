"""Whatever happens to a build, its site is the old one or the new one, whole, and the next build works.

Real builds, each with one fault, of two tiny projects: the `plain` one, whose theme is one template, and the
`material` one, with Material's theme and its many files. Changes of the disk fail in turn: opening a file to
write, making, renaming and removing files and folders, exchanging the two sites; the first of them, all about
the exchange, the last, and some evenly between, or every single one with PRACTICE_LIBRARY_EVERY_FAULT=1 (a
quarter of an hour). Errors take turns: a full disk, a broken one, and one that from then on can only be read.
Then builds are killed, at moments and at changes, and the disk fills up in the midst of a write. Where no two
folders can be exchanged (`two_steps`), a build that ends between the two renames leaves the old site whole
beside its place, and the next one puts it back: counted apart.
"""

from __future__ import annotations

import errno
import itertools
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from tests import figures
from tests.sites import share_kept, tree, write_files, write_project

from practice_library.cache import FOLDER as CACHE
from practice_library.spare import NAME as SPARE

if sys.platform == "win32":
    pytest.skip("a build is forked, and Windows cannot fork", allow_module_level=True)

from tests.faults import Builds, Fault, Outcome, builds_of

pytestmark = pytest.mark.slow

VOCABULARY: Final = """\
types:
  - id: community-of-practice
    acronym: {en: CoP, fr: CdP}
    label: {en: Community of practice, fr: Communauté de pratique}
    description: {en: People of one trade., fr: Des gens d’un même métier.}
"""
BY_HAND: Final = (
    *("index", "find/index", "map/index", "contribute/index", "contribute/fields", "contribute/diagnostics"),
    *("contribute/harvest", "contribute/space", "contribute/practice", "contribute/paper"),
    *("contribute/mistakes", "for/facilitator"),
)
"""Pages of the library that are long; written by hand, they are short."""
TEMPLATE: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title></head>
<body>{{ page.content }}</body></html>
"""
THEMES: Final[Mapping[str, Mapping[str, object]]] = {
    "plain": {"name": None, "custom_dir": "theme"},
    "material": {"name": "material", "font": False},
}
FULL: Final = Fault(error=errno.ENOSPC)
BROKEN: Final = Fault(error=errno.EIO)
READ_ONLY: Final = Fault(error=errno.EROFS, lasting=True)
ERRORS: Final = (FULL, BROKEN, READ_ONLY)
EVERY: Final = bool(os.environ.get("PRACTICE_LIBRARY_EVERY_FAULT"))
"""Whether nothing is left out."""
KILLS: Final = 100 if EVERY else 20
AROUND: Final = 10 if EVERY else 5
"""How many changes before the swap, and after it, are looked at closely."""
WARNED: Final = "# Start\n\nA [way](nowhere.md) to nowhere.\n"
HELD: Final = "another build of 'site' is under way"


def space(words: str) -> str:
    return f"---\ntitle: Riverside coaches\ntype: CoP\nhost: River Centre\n---\n\n{words}\n"


VERSIONS: Final[tuple[Mapping[str, str | None], ...]] = (
    {"spaces/riverside/space.md": space("We meet at the river."), "docs/once.md": "# Once\n"},
    {"spaces/riverside/space.md": space("We meet in the back room."), "docs/once.md": None},
)
"""Two states of a project, of which the second lacks a page of the first; None where a file is not there."""


class Project:
    """A project whose sites are known, in both of its states."""

    def __init__(self, folder: Path, builds: Builds, *, spare: bool) -> None:
        self.folder = folder
        self.builds = builds
        self._nothing = Fault(spare=spare)
        self._state = 0
        self.whole = []
        self.usual = Outcome(code=1)
        for state in (0, 1):
            self.write(state)
            self.usual = builds.run(self._nothing)
            assert self.usual.code == 0, self.usual.output
            self.whole.append(self.site)
        assert self.whole[0] != self.whole[1]
        self.usual = builds.run(self._nothing)

    @property
    def site(self) -> dict[str, bytes]:
        """Give the published site."""
        return tree(self.folder / "site")

    @property
    def beside(self) -> set[str]:
        """Give what lies in the project's folder and was not written by hand."""
        return {path.name for path in self.folder.iterdir()} - {"mkdocs.yml", "docs", "spaces", "theme"}

    def write(self, state: int) -> None:
        """Bring the project into a state."""
        self._state = state
        for name, text in VERSIONS[state].items():
            if text is None:
                (self.folder / name).unlink(missing_ok=True)
            else:
                write_files(self.folder, {name: text})

    def harm(self, fault: Fault) -> list[str]:
        """Let something happen to a build and build again; give all that is not as it should be."""
        new = 1 - self._state
        self.write(new)
        outcome = self.builds.run(replace(fault, spare=self._nothing.spare))
        left = self._left(fault)
        found = []
        if left not in self.whole:
            found.append("the site is neither the old one nor the new one")
        if outcome.code == 0 and left != self.whole[new]:
            found.append("the build ended well without a new site")
        if outcome.code > 0 and left == self.whole[new]:
            found.append("the build ended badly with a new site")
        if "Traceback" in outcome.output:
            found.append(f"the build ended in a traceback: {outcome.output[-900:]}")
        if outcome.code > 0 and "'site'" not in outcome.output:
            found.append(f"the build does not say what went wrong: {outcome.output[-300:]}")
        figures.add("faults: injected")
        figures.add("faults: sites harmed", int(left not in self.whole))
        figures.add("faults: builds killed in their course", int(outcome.code < 0))
        return [f"{fault}: {words}" for words in (*found, *self._harm_to_next(new))]

    def _left(self, fault: Fault) -> dict[str, bytes]:
        """Give the site that is left; that put aside where two steps were asked for and only one was made."""
        aside = tree(self.folder / ".site.old")
        if fault.two_steps and not (self.folder / "site").exists() and aside in self.whole:
            figures.add("faults: old sites aside, whole, till the next build, where no exchange is possible")
            return aside
        return self.site

    def _harm_to_next(self, new: int) -> Iterator[str]:
        after = self.builds.run(self._nothing)
        if after.code:
            yield f"the next build fails: {after.output[-300:]}"
        if self.site != self.whole[new]:
            yield "the next build does not publish the new site"
        if self.beside != {"site", ".site.lock", ".cache"}:
            yield f"the next build leaves {sorted(self.beside)}"
        spares = [tree(folder) for folder in self.folder.glob(f"{CACHE}/*/{SPARE}")]
        if spares != [self.site] * self._nothing.spare:
            yield "the next build does not leave a second tree that is like the site"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Project]]:
    """Give the project of a theme, and the process that builds it; or one that keeps a second tree."""
    with ExitStack() as stack:

        @cache
        def started(name: str) -> Project:
            folder = tmp_path_factory.mktemp(name).resolve()
            texts = {f"docs/{name}.md": f"# {name.title()}\n" for name in BY_HAND}
            files = {**texts, "theme/main.html": TEMPLATE, "spaces/vocabulary.yml": VOCABULARY}
            plugins = [{"practice-library": {"source": "private"}}]
            write_project(folder, files, theme=THEMES.get(name, THEMES["plain"]), plugins=plugins)
            share_kept(folder / CACHE)
            return Project(folder, stack.enter_context(builds_of(folder)), spare=name == "spare")

        yield started


def all_harm(project: Project, faults: list[Fault]) -> list[str]:
    """Let one thing after the other happen."""
    return [words for fault in faults for words in project.harm(fault)]


def chosen(usual: Outcome, ends: int, stride: int) -> list[int]:
    """Give the changes of a build to look at: at both ends, about the swap, and every so many between."""
    last, swap = usual.changes, usual.swap
    near = (range(1, ends + 1), range(swap - AROUND, swap + AROUND), range(last - ends + 1, last + 1))
    return sorted({*range(1, last + 1, 1 if EVERY else stride), *itertools.chain(*near)})


def failing(fault: Fault, at: int, *, two_steps: bool = False) -> Fault:
    return Fault(error=fault.error, lasting=fault.lasting, at=at, two_steps=two_steps)


@pytest.mark.parametrize("turn", range(3), ids=["full", "broken", "read-only"])
def test_no_failing_change_of_the_disk_harms_a_site(project: Callable[[str], Project], turn: int) -> None:
    plain = project("plain")
    places = [at for at in chosen(plain.usual, ends=8, stride=14) if at % 3 == turn]
    figures.add("faults: changes of a plain build", plain.usual.changes if turn == 0 else 0)
    assert all_harm(plain, [failing(ERRORS[turn], at) for at in places]) == []


def test_no_failing_change_harms_a_site_of_material(project: Callable[[str], Project]) -> None:
    material = project("material")
    places = chosen(material.usual, ends=2, stride=120)
    figures.add("faults: changes of a build with Material", material.usual.changes)
    assert all_harm(material, [failing(ERRORS[at % 3], at) for at in places]) == []


def test_no_failing_change_harms_a_site_that_is_swapped_in_two_steps(
    project: Callable[[str], Project],
) -> None:
    plain = project("plain")
    places = range(plain.usual.swap - AROUND, plain.usual.swap + AROUND)
    faults = [failing(ERRORS[at % 3], at, two_steps=True) for at in places]
    lasting = [failing(READ_ONLY, plain.usual.swap + step, two_steps=True) for step in (-1, 0, 1, 2)]
    assert all_harm(plain, [*faults, *lasting]) == []


def about_second_tree(usual: Outcome, stride: int) -> list[int]:
    """Give changes of a build while its site is made of a second tree, swapped in, and the old one kept."""
    last, swap = usual.changes, usual.swap
    assert swap < last
    near = (range(swap - 4, swap + 4), range(last - 3, last + 1))
    return sorted({*range(swap - 120, last, 1 if EVERY else stride), *itertools.chain(*near)})


def test_no_failing_change_harms_a_site_that_keeps_a_second_tree(project: Callable[[str], Project]) -> None:
    spare = project("spare")
    places = about_second_tree(spare.usual, stride=16)
    assert all_harm(spare, [failing(ERRORS[at % 3], at) for at in places]) == []


def test_a_build_killed_about_its_second_tree_harms_no_site(project: Callable[[str], Project]) -> None:
    spare = project("spare")
    places = about_second_tree(spare.usual, stride=21)
    assert all_harm(spare, [Fault(kill=True, at=at) for at in places]) == []


def test_a_build_killed_at_any_moment_harms_no_site(project: Callable[[str], Project]) -> None:
    plain = project("plain")
    duration = plain.builds.run().seconds
    moments = [Fault(kill_after=duration * (turn + 1) / KILLS) for turn in range(KILLS)]
    assert all_harm(plain, moments) == []


@pytest.mark.parametrize("two_steps", [False, True], ids=["one step", "two steps"])
def test_a_build_killed_about_the_swap_harms_no_site(
    project: Callable[[str], Project], *, two_steps: bool
) -> None:
    plain = project("plain")
    places = range(plain.usual.swap - AROUND, plain.usual.swap + AROUND)
    assert all_harm(plain, [Fault(kill=True, at=at, two_steps=two_steps) for at in places]) == []


def test_a_disk_that_fills_up_in_the_midst_of_a_write_harms_no_site(
    project: Callable[[str], Project],
) -> None:
    plain = project("plain")
    size = sum(map(len, plain.whole[0].values()))
    amounts = [0, 1, 1000, *(size * part // 12 for part in range(2, 12, 3)), size - 2000, size - 1]
    assert all_harm(plain, [Fault(most_bytes=amount) for amount in amounts]) == []


# What stands in the way of a build.


def refused(project: Project, *arguments: str) -> Outcome:
    """Build what must not be published; give what came of it."""
    before = project.site
    outcome = project.builds.run(Fault(arguments=arguments))
    assert outcome.code == 1, outcome.output
    assert "Traceback" not in outcome.output
    assert project.site == before
    assert project.beside <= {"site", "other", ".site.lock", ".cache"}
    return outcome


def test_a_second_build_at_once_stops_and_says_so(project: Callable[[str], Project]) -> None:
    plain = project("plain")
    plain.builds.run(Fault(stop=True, at=20))
    second = plain.builds.run()
    first = plain.builds.resume()
    assert (second.code, first.code) == (1, 0)
    assert HELD in second.output
    assert plain.site in plain.whole


@pytest.fixture
def moved(project: Callable[[str], Project]) -> Iterator[Project]:
    """Give the plain project without its site, which comes back afterwards."""
    plain = project("plain")
    site, other = plain.folder / "site", plain.folder / "other"
    site.rename(other)
    yield plain
    site.unlink()
    other.rename(site)


def test_a_site_that_is_a_link_is_refused_and_kept(moved: Project) -> None:
    (moved.folder / "site").symlink_to("other")
    before = tree(moved.folder / "other")
    assert "is a link" in refused(moved).output
    assert tree(moved.folder / "other") == before


def test_a_file_in_the_place_of_a_site_is_refused_and_kept(moved: Project) -> None:
    (moved.folder / "site").write_text("a list of groceries")
    assert "is a file" in refused(moved).output
    assert (moved.folder / "site").read_text() == "a list of groceries"


@pytest.mark.parametrize("name", ["CNAME", "spaces/draft.html", ".hidden"])
def test_what_somebody_put_into_a_site_is_named_and_kept(
    project: Callable[[str], Project], name: str
) -> None:
    plain = project("plain")
    foreign = plain.folder / "site" / name
    foreign.write_text("mine")
    try:
        assert f"holds '{name}'" in refused(plain).output
        assert foreign.read_text() == "mine"
    finally:
        foreign.unlink()


def test_a_warning_stops_a_strict_build_and_the_old_site_stays(project: Callable[[str], Project]) -> None:
    plain = project("plain")
    page = plain.folder / "docs" / "index.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(WARNED, encoding="utf-8")
    try:
        assert "Aborted with 1 warnings in strict mode" in refused(plain, "--strict").output
    finally:
        page.write_text(before, encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_told_in_words(project: Callable[[str], Project]) -> None:
    plain = project("plain")
    before = plain.site
    outcome = plain.builds.run(failing(READ_ONLY, 1))
    assert outcome.code == 1
    assert os.strerror(errno.EROFS) in outcome.output
    assert plain.site == before
