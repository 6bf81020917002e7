"""Links are looked for only where one can begin, and are those that a look at every letter finds."""

from __future__ import annotations

import random
from typing import Final

import pytest

from practice_library import links

PIECES: Final = (
    *("```", "~~~", "`", "``", "[[a]]", "[[space:b|x]]", "[x](a.md)", "![p](q.png)", "![p][q]"),
    *("[q]: r.png", "[q]: r.md", "[n]: <a.md>", "[", "]", "!", "(", ")", "~", "\\", "word", "é"),
    *("\n", "\n\n", " ", "  ", "   ", "    ", "\t", "- "),
)


def texts(seed: int) -> list[str]:
    """Make texts of pieces that matter, in any order."""
    chance = random.Random(seed)  # noqa: S311 - nothing is to be kept secret
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 14))) for _ in range(2_000)]


@pytest.mark.parametrize("seed", range(3))
def test_the_quick_way_finds_what_every_letter_tried_finds(seed: int) -> None:
    made = texts(seed)
    slow = [[match.span() for match in links._PATTERN.finditer(text)] for text in made]
    assert [[match.span() for match in links._matches(text)] for text in made] == slow
    assert sum(map(bool, slow)) > len(made) // 4


def test_all_but_the_links_stays_as_it_was() -> None:
    body = "  [a]: b.md\nSee [[x]], `[[y]]` and\n[z](z.md)."
    assert links.replace_links(body, "spaces/n.md", lambda found: f"<{found.target}>") == (
        "\nSee <x>, `[[y]]` and\n<spaces/z.md>."
    )
