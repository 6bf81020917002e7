"""Word and HTML to Markdown by pandoc, kept on a short lead: no network, no files, little time and memory.

In: the bytes of a document. Out: its Markdown, its title and date where it has them, and which pictures it
shows. Called by `manuscripts`. The extra `practice-library[import]` brings pandoc along.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

TIME_LIMIT: Final = 60
"""Seconds after which a conversion is given up."""
MEMORY: Final = "700m"
"""How much memory pandoc may take."""
MAX_OUTPUT: Final = 32 * 1024 * 1024
"""The largest converted document, in bytes."""
_MARKDOWN: Final = "markdown_strict+pipe_tables+footnotes+fenced_code_blocks-raw_html"
"""What our Markdown understands; everything else is written as plain words."""
_BREAK: Final = {"t": "LineBreak"}


class PandocError(Exception):
    """Why a document could not be converted: the end of a message's key."""


@dataclass(frozen=True, kw_only=True)
class Converted:
    """A document as pandoc understood it."""

    markdown: str
    title: str = ""
    date: str = ""
    pictures: tuple[str, ...] = ()
    """Names of the pictures shown, within the document."""
    remote: tuple[str, ...] = ()
    """Addresses of pictures that lie elsewhere; only their words are in the text."""


@dataclass
class _Shown:
    """The pictures met so far."""

    pictures: list[str] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)


def converted(data: bytes, form: str) -> Converted:
    """Convert a document.

    Args:
        data: its bytes.
        form: what it is, as pandoc calls it: `docx` or `html`.

    Raises:
        PandocError: there is no pandoc, or it cannot make sense of the document within its limits.
    """
    try:
        tree = json.loads(_run(data, "-f", form, "-t", "json"))
        shown = _Shown()
        meta = tree.get("meta", {})
        tree["blocks"] = _simplified(tree["blocks"], shown)
        tree["meta"] = {}
        text = _run(json.dumps(tree).encode(), "-f", "json", "-t", _MARKDOWN, "--wrap=none")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise PandocError("not-understood") from None
    return Converted(
        markdown=text.decode(),
        title=_plain(meta.get("title")),
        date=_plain(meta.get("date")),
        pictures=tuple(dict.fromkeys(shown.pictures)),
        remote=tuple(dict.fromkeys(shown.remote)),
    )


def _run(data: bytes, *arguments: str) -> bytes:
    """Run pandoc with its sandbox: it can open nothing but what it is given."""
    limits = ["+RTS", f"-M{MEMORY}", "-RTS"]
    command = [_program(), *limits, "--sandbox", "--track-changes=accept", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - a program of our own environment, without a shell
            command,
            input=data,
            capture_output=True,
            check=False,
            timeout=TIME_LIMIT,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise PandocError("too-slow") from None
    except OSError:
        raise PandocError("no-pandoc") from None
    if done.returncode != 0 or len(done.stdout) > MAX_OUTPUT:
        raise PandocError("not-understood")
    return done.stdout


def _program() -> str:
    """Find the pandoc that the extra brings along."""
    try:
        import pypandoc  # noqa: PLC0415 - an extra, which only those have who import documents
    except ImportError:
        raise PandocError("no-pandoc") from None
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        raise PandocError("no-pandoc") from None


def _plain(meta: Any) -> str:  # noqa: ANN401 - pandoc's tree
    """Give the words of a fact that a document tells about itself."""
    return " ".join("".join(_words(meta)).split())


def _words(node: Any) -> Iterator[str]:  # noqa: ANN401 - pandoc's tree
    if isinstance(node, list):
        for item in node:
            yield from _words(item)
    elif isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind in {"Str", "MetaString"}:
            yield str(content)
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            yield " "
        elif kind in {"Code", "Math"} and isinstance(content, list):
            yield str(content[1])
        else:
            yield from _words(content)


def _simplified(node: Any, shown: _Shown) -> Any:  # noqa: ANN401 - pandoc's tree
    """Make a tree into one that our Markdown can say without losing a word."""
    if isinstance(node, list):
        return [_simplified(item, shown) for item in node]
    if not isinstance(node, dict):
        return node
    kind, content = node.get("t"), node.get("c")
    if kind == "Table":
        return {"t": kind, "c": _table(_simplified(content, shown))}
    if kind == "Image" and isinstance(content, list):
        return _image(content, shown)
    if kind in {"RawBlock", "RawInline"} and isinstance(content, list):
        words = {"t": "Str", "c": str(content[1])}
        return {"t": "Para", "c": [words]} if kind == "RawBlock" else words
    return {key: _simplified(value, shown) for key, value in node.items()}


def _image(content: list[Any], shown: _Shown) -> dict[str, Any]:
    """Keep a picture that the document holds; of one that lies elsewhere only the words."""
    attributes, words, (target, title) = content
    if "//" in target or target.startswith("data:"):
        shown.remote.append(target)
        return {"t": "Span", "c": [["", [], []], words]}
    shown.pictures.append(target)
    return {"t": "Image", "c": [["", [], []] if attributes else attributes, words, [target, title]]}


def _table(content: list[Any]) -> list[Any]:
    """Make each cell of a table one line, and let none of them reach over its neighbours."""
    attributes, caption, columns, head, bodies, foot = content
    rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
    for row in rows:
        for cell in row[1]:
            cell[2], cell[3] = 1, 1
            cell[4] = [{"t": "Plain", "c": _one_line(cell[4])}]
    widths = [[alignment, {"t": "ColWidthDefault"}] for alignment, _ in columns]
    needed = max((len(row[1]) for row in rows), default=0)
    widths += [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * (needed - len(widths))
    return [attributes, caption, widths, head, bodies, foot]


def _one_line(blocks: Sequence[Any]) -> list[Any]:
    """Give the words of blocks as one line, a blank between each two."""
    inlines: list[Any] = []
    for line in _lines(blocks):
        inlines += [{"t": "Space"}, *line] if inlines else line
    return [{"t": "Space"} if inline == _BREAK else inline for inline in inlines]


def _lines(node: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - pandoc's tree
    """Go through the lines of words in blocks, however deep they lie."""
    if isinstance(node, list):
        for item in node:
            yield from _lines(item)
    elif isinstance(node, dict):
        kind: Any = node.get("t")
        content: Any = node.get("c")
        if kind in {"Plain", "Para"}:
            yield content
        elif kind == "Header":
            yield content[2]
        elif kind == "CodeBlock":
            yield [{"t": "Str", "c": " ".join(str(content[1]).split())}]
        else:
            yield from _lines(content)
