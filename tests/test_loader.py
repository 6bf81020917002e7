"""Which files are read: what a file of YAML cannot hold, since the system has to play its part."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

import pytest
from hypothesis import given, strategies as st

from practice_library import loader, readings
from practice_library.diagnostics import Report
from practice_library.front_matter import read_source
from practice_library.loader import Loaded, load
from practice_library.readings import Readings

SPACE = "---\ntitle: Riverside circle\ntype: CoL\nhost: Mill Street Centre\n---\n"


def loaded(root: Path) -> tuple[Loaded, list[str]]:
    """Load a project's content, and give its complaints as `path [code]`."""
    report = Report()
    found = load(root, root / "spaces", report)
    return found, [f"{d.path} [{d.code}]" for d in report.sorted()]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a project with one space."""
    folder = tmp_path / "spaces/riverside"
    folder.mkdir(parents=True)
    (folder / "space.md").write_text(SPACE, encoding="utf-8")
    return tmp_path


def linked(link: Path, target: Path) -> None:
    """Make a symbolic link, where the system has them."""
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")


def test_a_link_to_a_file_is_not_followed(root: Path) -> None:
    outside = root / "outside.md"
    outside.write_text(SPACE, encoding="utf-8")
    linked(root / "spaces/hillside.md", outside)
    found, complaints = loaded(root)
    assert complaints == ["spaces/hillside.md [not-a-regular-file]"]
    assert [space.id for space in found.sources.spaces] == ["riverside"]


def test_a_link_to_a_folder_is_not_followed(root: Path) -> None:
    (root / "elsewhere").mkdir()
    (root / "elsewhere/space.md").write_text(SPACE, encoding="utf-8")
    linked(root / "spaces/hillside", root / "elsewhere")
    found, complaints = loaded(root)
    assert complaints == ["spaces/hillside [not-a-regular-file]"]
    assert [space.id for space in found.sources.spaces] == ["riverside"]


def test_a_link_that_leads_round_in_a_circle_ends(root: Path) -> None:
    linked(root / "spaces/riverside/harvests", root / "spaces")
    assert loaded(root)[1] == ["spaces/riverside/harvests [not-a-regular-file]"]


def test_a_link_that_leads_nowhere_is_told(root: Path) -> None:
    linked(root / "spaces/vocabulary.yml", root / "gone.yml")
    assert loaded(root)[1] == ["spaces/vocabulary.yml [not-a-regular-file]"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "spaces/riverside/pipe.md")
    assert loaded(root)[1] == ["spaces/riverside/pipe.md [not-a-regular-file]"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(root: Path) -> None:
    pipe = root / "spaces/riverside/pipe.md"
    os.mkfifo(pipe)
    reader = loader._Loader(root, root / "spaces", Report(), {}, Readings())
    item = loader._Item(str(pipe), "spaces/riverside/pipe.md", "pipe.md", "pipe", ".md", is_dir=False)
    assert reader._read_bytes(item, 100) is None


def refuse(_path: object) -> object:
    raise PermissionError


def test_a_folder_that_cannot_be_opened_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "scandir", refuse)
    assert loaded(root)[1] == ["spaces [unreadable]"]


def test_a_file_that_cannot_be_opened_is_told_and_held(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", lambda path, _flags: refuse(path))
    found, complaints = loaded(root)
    assert complaints == ["spaces/riverside/space.md [unreadable]"]
    assert found.sources.spaces == ()


def test_a_folder_that_is_not_there_is_as_good_as_empty(tmp_path: Path) -> None:
    found, complaints = loaded(tmp_path)
    assert (list(found.sources), complaints) == ([], [])


def test_entries_come_in_the_same_order_whatever_the_system_lists_first(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ["b", "a", "c"]:
        (root / f"spaces/{name}.md").write_text(SPACE, encoding="utf-8")
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: reversed(list(scandir(path))))
    found, _ = loaded(root)
    assert [space.id for space in found.sources.spaces] == ["a", "b", "c", "riverside"]


@pytest.mark.parametrize(
    ("stem", "named"),
    [
        ("2021-04-14-first", "2021-04-14"),
        ("2021-04-14", "2021-04-14"),
        ("2021-04-first", "2021-04"),
        ("2021-first", "2021"),
        ("2021", "2021"),
        ("2021-04-14th", "2021-04"),
        ("20210414-first", ""),
        ("first-2021-04-14", ""),
        ("first", ""),
    ],
)
def test_a_file_name_is_dated_as_far_as_it_goes(stem: str, named: str) -> None:
    assert readings._named_date(stem) == named


@given(st.text("a.-é ", min_size=1, max_size=8).filter(lambda name: name not in {".", ".."}))
def test_a_name_is_divided_as_paths_are(name: str) -> None:
    assert loader._divided(name) == (PurePath(name).stem, PurePath(name).suffix)


@given(st.text("\n x-", max_size=12))
def test_a_body_begins_on_the_line_it_is_told_to(rest: str) -> None:
    text = f"---\ntitle: Two\n---\n{rest}"
    source = read_source(text.encode(), lambda *_, **__: None)
    assert source is not None
    lines = text.split("\n")[source.body_line - 1 :]
    assert source.body == ("\n".join(lines).strip() if rest.strip() else "")
    assert lines[0].strip() == (source.body.split("\n")[0].strip() or "---")
