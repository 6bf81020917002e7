"""Nothing that one note, head or picture can hold costs more than 20 s of work or 1 GB of memory.

The shapes below are what is known to make parsers slow, each as large as may be read. A few processes of their
own, which the system holds to these limits, build them and render their pages; each shape either is complained
of or becomes pages.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

SECONDS: Final = 20
GIGABYTE: Final = 1 << 30
BODY: Final = 255 * 1024
HEAD: Final = 16_000
HERE: Final = Path(__file__).parent
SPACE: Final = "---\ntitle: Riverside circle\ntype: CoL\nhost: Mill Street Centre\n---\n"
NOTE: Final = "spaces/riverside/harvests/2021-04-14-first.md"
FACTS: Final = "title: First circle\ndate: 2021-04-14\nconsent: {level: public, given: 2021-04-20}\n"

Files = Mapping[str, str | bytes]


def filled(unit: str, size: int = BODY) -> str:
    """Repeat something until there is no room for more."""
    return unit * (size // len(unit.encode()))


def numbered(make: Callable[[int], str], size: int = BODY) -> str:
    """Repeat something that differs each time."""
    return "".join(make(number) for number in range(size // len(make(9999).encode())))


BODIES: Final[Mapping[str, str]] = {
    "letters": filled("a"),
    "short paragraphs": filled("a\n\n"),
    "code": filled("`a`\n\n"),
    "code marks without an end": filled("`"),
    "tildes without an end": filled("~"),
    "fences": filled("```\na\n```\n\n"),
    "lists": filled("- a\n\n"),
    "lists within lists": filled("".join(f"{' ' * 4 * step}- a\n\n" for step in range(10))),
    "lists on one line": filled("- ") + "a",
    "numbers on one line": filled("1. ") + "a",
    "quotations of lists on one line": filled("> - ") + "a",
    "quotations": filled("> " * 20 + "a\n\n"),
    "wide tables": filled("|a" * 60 + "|\n" + "|-" * 60 + "|\n" + ("|a" * 60 + "|\n") * 20 + "\n"),
    "entities": filled("&#97;"),
    "entities in paragraphs": filled("&a; " * 400 + "\n\n"),
    "brackets before a long line": "[" * 100 + filled("a", BODY - 100),
    "pictures without an end": "![a](" + filled(" ", BODY - 5),
    "stars": filled("***a" * 66 + "\n\n"),
    "underscores": filled("__a" * 200 + "\n\n"),
    "angles": filled("<" * 400 + "\n\n"),
    "footnotes": numbered(lambda n: f"a[^{n}]\n\n[^{n}]: b\n\n", 6000),
    "references": numbered(lambda n: f"[a{n}]: b.md\n\n[a{n}]\n\n"),
    "rules": filled("* * *\n\n"),
    "links to nothing": numbered(lambda n: f"[[circle-silence-walkin-{n}]]\n\n"),
    "pictures of nothing": filled("![](a)\n\n"),
    "addresses": filled("<a@b.c>\n\n"),
    "figures": filled("902-555-"),
    "marks over letters": filled("\u0301"),
}
"""Texts that make Markdown, links, or the search for names and numbers slow."""
HEADS: Final[Mapping[str, str]] = {
    "brackets": "practices: " + "[" * 10_000,
    "brackets of words": f"practices: [{'{title: a, summary: b}, ' * 390}]",
    "braces": "a: " + "{a: " * 399,
    "hyphens": "practices:\n  " + "- " * 7900 + "a",
    "steps": "\n".join(f"{' ' * step}a:" for step in range(170)),
    "question marks": "? " * 7900,
    "colons": "a: " * 5000,
    "keys": numbered(lambda n: f"harvesters{n}: a\n", HEAD),
    "names for later": numbered(lambda n: f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n", HEAD),
    "tags": "a: !" + "a" * 15_900,
    "a long key": "? " + "a" * 15_900 + "\n: b",
    "wide signs": numbered(lambda n: f"\ufdfa{n}: a\n", HEAD),
    "escapes": 'content_note: "' + "\\u0041" * 2600 + '"',
    "apostrophes": "content_note: '" + "''" * 7900 + "'",
    "folded lines": "content_note: >\n" + "  a\n\n" * 2500,
    "indents": "content_note: |\n" + "".join(f"{' ' * step}a\n" for step in range(2, 170)),
    "remarks": "#\n" * 7900,
    "tabs": "\t" * 15_900,
    "quotes": "quotes:\n" + "- text: a\n" * 1500,
    "practices of nobody": f"practices: [{numbered(lambda n: f'circle-silence-walkin-{n}, ', HEAD - 200)}]",
    "terms of nobody": "reflections:\n" + numbered(lambda n: f"  what-surprised-u{n}: a\n", HEAD - 200),
}
"""Heads that make YAML, or the search for the nearest word, slow."""
WORDS: Final = (
    "silence",
    "walking",
    "story",
    "listening",
    "pairs",
    "opening",
    "round",
    "river",
    "garden",
    "bread",
)
PRACTICES: Final = {
    f"spaces/practices/circle-{one}-{other}-{third}.md": f"---\ntitle: {one} {other}\nsummary: We try.\n---\n"
    for one in WORDS
    for other in WORDS
    for third in WORDS[:4]
}
"""Enough practices for a nearest one to be hard to find."""


def png(width: int, height: int, colour: int) -> bytes:
    """Write an empty picture, small as a file and large as a picture; colour 3 has a palette, 6 is RGBA."""
    row = b"\0" * (1 + width * (4 if colour == 6 else 1))
    packer = zlib.compressobj(1)
    rows = max(1, (1 << 20) // len(row))
    packed = [packer.compress(row * min(rows, height - done)) for done in range(0, height, rows)]
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = {b"IHDR": head, b"PLTE": b"\0" * 6, b"IDAT": b"".join([*packed, packer.flush()]), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts.items())


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PICTURES: Final[Mapping[str, Callable[[], tuple[str, bytes]]]] = {
    "many pixels": lambda: ("wall.png", png(7071, 7071, 6)),
    "a palette": lambda: ("wall.png", png(7071, 7071, 3)),
    "a strip": lambda: ("wall.png", png(1, 50_000_000, 3)),
    "a wide strip": lambda: ("wall.png", png(12_000_000, 4, 6)),
    "few bytes": lambda: ("wall.webp", base64.b64decode(WEBP)),
}
"""Pictures that take much memory to look at."""
WEBP: Final = "UklGRhoAAABXRUJQVlA4TA0AAAAvnpvnFgcQERGIiP4HAA=="


# In a process of its own.


def _given(group: str, name: str) -> Files:
    """Give the files of a shape."""
    if group == "bodies":
        return {NOTE: f"---\n{FACTS}---\n{BODIES[name]}", **_others(name)}
    if group == "heads":
        return {NOTE: f"---\n{FACTS}{HEADS[name]}\n---\nWe met.\n", **_others(name)}
    picture, data = PICTURES[name]()
    return {
        f"spaces/riverside/{picture}": data,
        "spaces/riverside/space.md": f"{SPACE}![Our wall]({picture})\n",
    }


def _others(name: str) -> Files:
    """Give the practices beside a note that names some which are not there."""
    return PRACTICES if name.startswith(("links to nothing", "practices of nobody")) else {}


def _work(group: str) -> None:
    """Build the shapes of a group within the limits, and tell of each in a line of JSON."""
    import resource  # noqa: PLC0415 - where there is none, nobody comes here

    signal.signal(signal.SIGXCPU, _stop)
    shapes: Mapping[str, Any] = {"bodies": BODIES, "heads": HEADS, "pictures": PICTURES}[group]
    with tempfile.TemporaryDirectory() as folder:
        roots = {name: _write(Path(folder), group, name) for name in shapes}
        resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))
        for name, root in roots.items():
            begun = time.process_time()
            resource.setrlimit(resource.RLIMIT_CPU, (int(begun) + 1 + SECONDS, resource.RLIM_INFINITY))
            told = _outcome(root)
            spent = time.process_time() - begun
            sys.stdout.write(json.dumps({"name": name, "told": told, "seconds": round(spent, 2)}) + "\n")
            sys.stdout.flush()


def _write(folder: Path, group: str, name: str) -> Path:
    root = folder / name.replace(" ", "-")
    vocabulary = (HERE / "cases/vocabulary.yml").read_bytes()
    around: Files = {"spaces/vocabulary.yml": vocabulary, "spaces/riverside/space.md": SPACE}
    for file, content in {**around, **_given(group, name)}.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def _stop(*_: object) -> None:
    raise TimeoutError


def _outcome(root: Path) -> str:
    """Say what came of a shape: complaints, pages, or what must not come of it."""
    try:
        return _built(root)
    except TimeoutError:
        return "too slow"
    except MemoryError:
        return "too much memory"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test looks for
        return f"traceback: {type(error).__name__}"


def _built(root: Path) -> str:
    from practice_library.build import Options, SourceAccess, build  # noqa: PLC0415 - within the limits
    from practice_library.diagnostics import format_diagnostic  # noqa: PLC0415
    from practice_library.glossary import Glossary  # noqa: PLC0415
    from practice_library.render import Renderer  # noqa: PLC0415

    made = build(root, root / "spaces", Options(today=date(2026, 11, 24), source=SourceAccess.PRIVATE))
    told = [format_diagnostic(found, made.words) for found in made.report.sorted()]
    if made.report.has_errors:
        return f"complaints: {len(told)}"
    renderer = Renderer(made)
    glossary = Glossary(made.vocabulary, made.words, directory_urls=True)
    for page in made.plan.pages:
        if page.entry and page.entry.path.startswith("spaces/riverside/"):
            rendered = renderer.render(page)
            glossary.explain("".join(fragment.html for _, fragment in rendered.fragments), page)
    return "pages"


# In the process of the tests.


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="this system sets no limits to a process")
@pytest.mark.parametrize("group", ["bodies", "heads", "pictures"])
def test_no_shape_costs_more_than_it_may(group: str) -> None:
    shapes: Mapping[str, Any] = {"bodies": BODIES, "heads": HEADS, "pictures": PICTURES}[group]
    paths = os.pathsep.join([str(HERE.parent / "plugins"), str(HERE.parent)])
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", str(Path(__file__)), group],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, "MALLOC_ARENA_MAX": "2"},
        timeout=len(shapes) * SECONDS,
    )
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    wrong = [shape for shape in found if not shape["told"].startswith(("complaints: ", "pages"))]
    _tell(found, wrong)
    assert ran.returncode == 0, ran.stderr
    assert wrong == []
    assert [shape["name"] for shape in found] == list(shapes)


def _tell(found: list[dict[str, Any]], wrong: list[dict[str, Any]]) -> None:
    """Tell the figures of the run."""
    from tests import figures  # noqa: PLC0415 - the process with the limits has no need of pytest's

    figures.add("costly shapes: tried", len(found))
    figures.add("costly shapes: beyond 20 s or 1 GB", len(wrong))


if __name__ == "__main__":
    _work(sys.argv[1])
