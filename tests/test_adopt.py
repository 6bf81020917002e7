"""`scripts/adopt`: a proposal's content is taken over as data, and shown only where no healing is touched."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest
from tests.sites import ROOT, VOCABULARY, tree, write_files

SPACE: Final = "---\ntitle: {0}\ntype: {1}\nhost: {0} House\n---\n"
NOTE: Final = "---\ntitle: An evening\ndate: 2021-04-14\n---\n\nWe met.\n"
BEFORE: Final = {
    "docs/about.md": "# About\n",
    "spaces/vocabulary.yml": VOCABULARY,
    "spaces/withdrawn.txt": "harvest:meadow/2020-01-01-old\n",
    "spaces/practices/walk.md": "---\ntitle: Walk\nsummary: A walk.\n---\n",
    "spaces/hill/space.md": SPACE.format("Hill", "CoL"),
    "spaces/hill/harvests/2021-04-14-evening.md": NOTE,
    "spaces/shore.md": SPACE.format("Shore", "SIL"),
    "spaces/meadow/space.md": SPACE.format("Meadow", "CoH"),
    "spaces/meadow/harvests/2021-04-14-evening.md": NOTE,
}
GONE: Final = ""
"""Stands for a file that a proposal takes away."""


@pytest.fixture(scope="module")
def adopt() -> ModuleType:
    """Give the script as a module."""
    sys.path.insert(0, str(ROOT / "scripts"))
    loader = SourceFileLoader("adopt", str(ROOT / "scripts" / "adopt"))
    spec = importlib.util.spec_from_loader("adopt", loader)
    assert spec
    made = importlib.util.module_from_spec(spec)
    loader.exec_module(made)
    sys.path.remove(str(ROOT / "scripts"))
    return made


class Proposal:
    """A checkout, and another that changes it."""

    def __init__(self, folder: Path) -> None:
        self.base, self.head, self.list = folder / "base", folder / "head", folder / "changed"
        write_files(self.base, {**BEFORE, "mkdocs.yml": "site_name: Ours\n"})
        write_files(self.head, {**BEFORE, "mkdocs.yml": "site_name: Theirs\n"})

    def change(self, files: Mapping[str, str]) -> None:
        write_files(self.head, {name: text for name, text in files.items() if text})
        for name in files.keys() - {name for name, text in files.items() if text}:
            (self.head / name).unlink()

    @property
    def changed(self) -> list[str]:
        return self.list.read_text(encoding="utf-8").split("\0")[:-1]


@pytest.fixture
def proposal(tmp_path: Path) -> Proposal:
    return Proposal(tmp_path)


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file to which a step's outputs go."""
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    return tmp_path / "output"


def take(adopt: ModuleType, proposal: Proposal) -> int:
    code: int = adopt.main(str(proposal.head), str(proposal.list), base=proposal.base)
    return code


def test_content_is_taken_over_and_nothing_else(adopt: ModuleType, proposal: Proposal) -> None:
    proposal.change({"docs/new.md": "# New\n", "spaces/shore.md": GONE, "scripts/build": "import os\n"})
    assert take(adopt, proposal) == 0
    expected = {name for name in BEFORE if name != "spaces/shore.md"} | {"docs/new.md", "mkdocs.yml"}
    assert set(tree(proposal.base)) == expected
    assert (proposal.base / "mkdocs.yml").read_text() == "site_name: Ours\n"
    assert proposal.changed == ["docs/new.md", "spaces/shore.md"]


def test_a_proposal_without_content_leaves_none(adopt: ModuleType, proposal: Proposal) -> None:
    proposal.change(dict.fromkeys(BEFORE, GONE))
    assert take(adopt, proposal) == 0
    assert set(tree(proposal.base)) == {"mkdocs.yml"}


@pytest.mark.parametrize("place", ["docs/link.md", "docs/folder", "spaces/hill/link.md", "docs", "spaces"])
def test_a_link_is_refused_and_nothing_taken_over(
    adopt: ModuleType, proposal: Proposal, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    link = proposal.head / place
    if link.exists():
        link.rename(proposal.head / "aside")
    link.symlink_to(proposal.base / "mkdocs.yml" if link.suffix else proposal.base)
    before = tree(proposal.base)
    assert take(adopt, proposal) == 1
    assert tree(proposal.base) == before
    assert repr(place) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        ({}, "true"),
        ({"docs/about.md": "# Us\n"}, "true"),
        ({"spaces/vocabulary.yml": f"{VOCABULARY}\n"}, "true"),
        ({"spaces/practices/walk.md": NOTE}, "true"),
        ({"spaces/hill/harvests/2021-05-01-walk.md": NOTE}, "true"),
        ({"spaces/hill/space.md": GONE}, "true"),
        ({"spaces/shore.md": SPACE.format("The shore", "SIL")}, "true"),
        ({"spaces/valley/space.md": SPACE.format("Valley", "CoP")}, "true"),
        ({"spaces/meadow/harvests/2021-05-01-walk.md": NOTE}, "false"),
        ({"spaces/meadow/harvests/2021-04-14-evening.md": GONE}, "false"),
        ({"spaces/meadow/space.md": SPACE.format("Meadow", "CoL")}, "false"),
        ({"spaces/meadow/space.md": GONE, "spaces/meadow.md": SPACE.format("Meadow", "CoL")}, "false"),
        ({"spaces/hill/space.md": SPACE.format("Hill", "CoH")}, "false"),
        ({"spaces/glade.md": SPACE.format("Glade", "community-of-healing")}, "false"),
        ({"spaces/glade/space.md": "---\ntype: CoL\ntype: CoH\n---\n"}, "false"),
        ({"spaces/glade/harvests/2021-05-01-walk.md": NOTE}, "false"),
        ({"spaces/Meadow/harvests/2021-05-01-walk.md": NOTE}, "false"),
        ({"spaces/withdrawn.txt": GONE}, "false"),
        ({"spaces/unheard-of": "?"}, "false"),
        ({"docs/about.md": "# Us\n", "spaces/meadow/space.md": GONE}, "false"),
    ],
)
def test_a_preview_is_made_only_where_no_community_of_healing_is_touched(
    adopt: ModuleType, proposal: Proposal, output: Path, files: dict[str, str], shown: str
) -> None:
    proposal.change(files)
    assert take(adopt, proposal) == 0
    assert output.read_text() == f"preview={shown}\n"
    assert proposal.changed == sorted(files)


@pytest.mark.parametrize(
    ("previews", "files", "shown"),
    [
        ("true", {"spaces/hill/harvests/2021-05-01-walk.md": NOTE}, True),
        ("false", {"spaces/hill/harvests/2021-05-01-walk.md": NOTE}, False),
        ("false", {"docs/about.md": "# Us\n"}, False),
        ("[hill]", {"spaces/hill/harvests/2021-05-01-walk.md": NOTE}, True),
        ("[hill]", {"spaces/hill/a.md": NOTE, "docs/a.md": "# Us\n", "spaces/practices/walk.md": NOTE}, True),
        ("[hill]", {"spaces/Hill/harvests/2021-05-01-walk.md": NOTE}, True),
        ("[shore]", {"spaces/hill/harvests/2021-05-01-walk.md": NOTE}, False),
        ("[meadow, hill]", {"spaces/meadow/harvests/2021-05-01-walk.md": NOTE}, False),
    ],
)
def test_a_space_can_forbid_previews_and_one_of_healing_never_has_them(
    adopt: ModuleType, proposal: Proposal, previews: str, files: dict[str, str], *, shown: bool
) -> None:
    config = f"site_name: Ours\nplugins:\n  - practice-library:\n      previews: {previews}\n"
    (proposal.base / "mkdocs.yml").write_text(config, encoding="utf-8")
    proposal.change(files)
    allowed = adopt.read_settings(proposal.base / "mkdocs.yml").options.previews
    trees = (adopt.types_of(proposal.base), adopt.types_of(proposal.head))
    assert adopt.may_preview(list(files), *trees, allowed=allowed) is shown
    assert take(adopt, proposal) == 0
