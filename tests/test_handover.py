"""Where new files are proposed follows from what mkdocs.yml says of the repository."""

from __future__ import annotations

import pytest

from practice_library.handover import Sources, sources_of

HERE = "https://github.com/example/library"


@pytest.mark.parametrize(
    ("repo", "edit", "docs", "expected"),
    [
        (
            HERE,
            "edit/main/docs/",
            "docs",
            Sources(new=f"{HERE}/new/main", upload=f"{HERE}/upload/main/spaces"),
        ),
        (
            f"{HERE}/",
            "edit/trunk/docs/",
            "docs",
            Sources(new=f"{HERE}/new/trunk", upload=f"{HERE}/upload/trunk/spaces"),
        ),
        (
            f"{HERE}.git",
            "edit/main/docs/",
            "docs",
            Sources(new=f"{HERE}/new/main", upload=f"{HERE}/upload/main/spaces"),
        ),
        (
            HERE,
            "edit/main/site/docs/",
            "docs",
            Sources(new=f"{HERE}/new/main", upload=f"{HERE}/upload/main/site/spaces", folder="site/spaces"),
        ),
        (HERE, "", "docs", Sources(new=f"{HERE}/new/main", upload=f"{HERE}/upload/main/spaces")),
        (
            "https://github.example.org/a/b",
            "edit/main/docs/",
            "docs",
            Sources(
                new="https://github.example.org/a/b/new/main",
                upload="https://github.example.org/a/b/upload/main/spaces",
            ),
        ),
        ("https://gitlab.com/a/b", "edit/main/docs/", "docs", Sources()),
        ("https://example.org/github.com/", "edit/main/docs/", "docs", Sources()),
        ("", "", "docs", Sources()),
    ],
)
def test_new_files_go_where_the_sources_are(repo: str, edit: str, docs: str, expected: Sources) -> None:
    assert sources_of(repo, edit, docs, "spaces") == expected
