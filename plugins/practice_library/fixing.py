"""`check --fix`: mends notes, shows each mending, and writes those that leave no error.

In: the settings of a project. Out: mended files and words on the terminal. Everything is tried in memory,
in the whole library: a note is written only if all of it may then be built, and is left alone otherwise.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from .build import Build, build
from .catalogue import Catalogue
from .checking import Say, is_wanted
from .declarations import Context
from .diagnostics import Diagnostic, Report, Severity
from .front_matter import MAX_FILE, read_source
from .links import TERM_KINDS
from .loader import FOLDERS
from .mending import lines_of, mended
from .model import Kind
from .options import Settings
from .regular_files import read_regular
from .schema import Place, read_entry
from .vocabulary import Vocabulary
from .writing import replace_file

ROUNDS: Final = 4
"""How often the whole library is read anew: mending one thing may show another."""
SCRATCH: Final = ".cache/practice-library"
_MARK: Final = "\ufeff"
Texts = Mapping[str, str]
"""The texts of notes by path from the root."""


def run_fix(
    settings: Settings,
    words: Catalogue,
    paths: Sequence[str],
    say: Say,
    *,
    ask: Callable[[str], bool] | None,
) -> int:
    """Mend what can be mended, show it, and write it.

    Args:
        settings: the project.
        words: in which language to speak.
        paths: files and folders to mend; all when there is none.
        say: takes what is said.
        ask: asks whether to keep a mending; None keeps all.

    Returns:
        0; what is left is for the check that follows to tell.
    """
    before, after = mendings(settings, paths)
    kept = 0
    for path in sorted(after):
        say(_diff(path, before[path], after[path]))
        if ask is None or ask(path):
            done = _keep(settings, path, before[path], after[path])
            kept += done
            if not done:
                say(words.text("fix.changed", path=path))
    say(words.plural("fix.mended", kept))
    return 0


def mendings(settings: Settings, paths: Sequence[str]) -> tuple[Texts, Texts]:
    """Find what can be mended, without writing anything.

    Returns:
        The notes as they are and as they would be, those alone that have no error after it.
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    errors: dict[str, list[Diagnostic]] = {}
    for _ in range(ROUNDS):
        made = _built(settings, after)
        errors = _errors(made, paths, settings.root)
        fresh = dict(_better(errors, before, after, made, settings.root))
        if not fresh:
            break
        after |= fresh
    else:
        errors = _errors(_built(settings, after), paths, settings.root)
    return before, _settled(settings, after, errors, paths)


def _better(
    errors: Mapping[str, Sequence[Diagnostic]], before: dict[str, str], after: Texts, made: Build, root: Path
) -> Iterator[tuple[str, str]]:
    """Go through the notes that a round could mend further, with their new text."""
    for path, found in errors.items():
        text = after.get(path) or before.setdefault(path, _read(root / path))
        fresh = _mended(path, text, found, made)
        if fresh != text:
            yield path, fresh


def _settled(
    settings: Settings,
    after: dict[str, str],
    errors: Mapping[str, Sequence[Diagnostic]],
    paths: Sequence[str],
) -> dict[str, str]:
    """Leave out the notes that still have an error, until none of the others has one."""
    while wrong := after.keys() & errors.keys():
        after = {path: text for path, text in after.items() if path not in wrong}
        errors = _errors(_built(settings, after), paths, settings.root) if after else {}
    return after


def _built(settings: Settings, after: Texts) -> Build:
    instead = {path: text.encode() for path, text in after.items()}
    return build(settings.root, settings.spaces, settings.options, instead)


def _errors(made: Build, paths: Sequence[str], root: Path) -> dict[str, list[Diagnostic]]:
    """Give the errors of each note that is asked for."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for error in made.report.of(Severity.ERROR):
        if error.path.endswith(".md") and is_wanted(error.path, paths, root):
            found[error.path].append(error)
    return found


def _read(path: Path) -> str:
    """Read a note as it is, line ends and all; nothing where it is no text."""
    data = read_regular(path, MAX_FILE)
    try:
        return (data or b"").decode()
    except UnicodeDecodeError:
        return ""


def _mended(path: str, text: str, errors: Sequence[Diagnostic], made: Build) -> str:
    """Mend a note by itself, and then what only the whole library can tell of it."""
    mark = _MARK if text.startswith(_MARK) else ""
    own = set(_complaints(path, text, made.vocabulary))
    shared = [error for error in errors if error not in own]

    def read(changed: str) -> Sequence[Diagnostic]:
        """Hear what is wrong with the note; what the library complained of stays until its line changes."""
        lines = lines_of(changed)
        left = [error for error in shared if _line(lines, error) == _line(lines_of(text), error)]
        return [*_complaints(path, changed, made.vocabulary), *left]

    return mark + mended(text.removeprefix(_MARK), read, lambda code: _known(code, made)).text


def _line(lines: Sequence[str], error: Diagnostic) -> str:
    return lines[error.line - 1].removeprefix(_MARK) if 0 < error.line <= len(lines) else ""


def _complaints(path: str, text: str, vocabulary: Vocabulary) -> list[Diagnostic]:
    """Read a note by itself, as the loader would."""
    report = Report()
    context = Context(path=path, report=report, vocabulary=vocabulary)
    source = read_source(text.encode(), context.complain)
    if source is not None:
        kind = FOLDERS.get(Path(path).parent.name, Kind.SPACE)
        read_entry(Place(kind=kind, id="-", space="", path=path), source, context)
    return report.sorted()


def _known(code: str, made: Build) -> Collection[str]:
    """Give the words that may stand where a complaint was made; none where the complaint names them."""
    kind = code.removeprefix("unknown-")
    if code == "not-an-id":
        return {*made.library.practices, *made.library.outputs}
    if kind in TERM_KINDS:
        return made.vocabulary.section(TERM_KINDS[kind])
    return made.library.entries_of(kind)


def _diff(path: str, before: str, after: str) -> str:
    """Show what changes, a line above the other."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), path, path, lineterm="", n=1)
    return "\n".join(lines)


def _keep(settings: Settings, path: str, before: str, after: str) -> bool:
    """Write a mended note, unless somebody wrote to it in the meantime."""
    if _read(settings.root / path) != before:
        return False
    replace_file(settings.root / path, after.encode(), settings.root / SCRATCH)
    return True
