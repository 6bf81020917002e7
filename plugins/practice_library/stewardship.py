"""What stewards do at the command line: withdraw an entry, seal quotes, see what is held and what expires.

In: the settings of a project and what was asked. Out: changed files and words on the terminal. What is
told here is for stewards' eyes: it is printed, and never published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from .build import SourceAccess, build
from .catalogue import Catalogue
from .diagnostics import Report
from .loader import Loaded, load
from .options import Settings
from .sealing import sealed
from .withdrawal import Withdrawal, find_withdrawn, is_first_mention, list_path, with_listed, withdraw

Say = Callable[[str], None]
SOON: Final = (30, 90)
"""Within how many days consent that runs out is told."""
STEPS: Final = ("build", "caches", "history", "forks", "search", "copies", "tell")
"""What is left for people to do after a withdrawal, in this order; `withdraw.step.<name>` says it."""


def _load(settings: Settings) -> Loaded:
    return load(settings.root, settings.spaces, Report())


def run_withdraw(settings: Settings, words: Catalogue, name: str, say: Say, *, tombstone: bool) -> int:
    """Withdraw what an id names, and say what is left to do.

    Returns:
        0, or 1 where nothing has that id.
    """
    loaded = _load(settings)
    entries = find_withdrawn(loaded.sources, name)
    today = settings.options.today
    if not entries and not is_first_mention(loaded.sources, name):
        say(words.text("withdraw.unknown", name=name))
        return 1
    if len({entry.id for entry in entries if not entry.space or entry.id == name}) > 1:
        say(words.text("withdraw.several", name=name))
        return 1
    found = withdraw(loaded.sources, entries, today, tombstone=tombstone)
    listed = found.listed or (name,)
    _carry_out(settings, found, listed)
    for path, _ in found.stubs:
        say(words.text("withdraw.stub", path=path))
    for path in found.removed:
        say(words.text("withdraw.removed", path=path))
    say(words.text("withdraw.listed", path=list_path(settings.spaces.name)))
    say("")
    say(words.text("withdraw.left"))
    for number, step in enumerate(STEPS, 1):
        say(f"{number}. {words.text(f'withdraw.step.{step}')}")
    return 0


def _carry_out(settings: Settings, found: Withdrawal, listed: tuple[str, ...]) -> None:
    """Write the list first: whatever happens after, the entries are withdrawn."""
    path = settings.root / list_path(settings.spaces.relative_to(settings.root).as_posix())
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    _write(path, with_listed(text, listed, settings.options.today))
    for name, stub in found.stubs:
        _write(settings.root / name, stub)
    for name in found.removed:
        (settings.root / name).unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    """Write a file whole: a new one takes the old one's place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)


def run_seal(settings: Settings, words: Catalogue, paths: list[Path], say: Say) -> int:
    """Seal the quotes of notes, and say which files changed."""
    wanted = [path.resolve() for path in paths]
    changed = 0
    for harvest in _load(settings).sources.harvests:
        path = settings.root / harvest.path
        if wanted and not any(path.resolve() == one or one in path.resolve().parents for one in wanted):
            continue
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        fresh = sealed(text)
        if fresh != text:
            _write(path, fresh)
            changed += 1
            say(words.text("seal.sealed", path=harvest.path))
    say(words.plural("seal.done", changed))
    return 0


def run_status(settings: Settings, words: Catalogue, say: Say) -> int:
    """Say what is held and why, what expires soon, and what is due for another look."""
    made = build(settings.root, settings.spaces, settings.options)
    admission = made.admission
    say(words.text("status.held", day=words.day(settings.options.today)))
    for held in admission.held:
        say(f"  {held.entry.path}: {words.text(f'status.reason.{held.reason.value}')}")
    for note, quote in admission.held_quotes:
        say(f"  {note.path}:{quote.line}: {words.text('status.quote')}")
    if not admission.held and not admission.held_quotes:
        say(f"  {words.text('status.nothing')}")
    if admission.held_in_source and settings.options.source is SourceAccess.PUBLIC:
        say(words.text("status.public-source"))
        for entry in admission.exposed:
            say(f"  {entry.path}")
    first = 0
    for days in SOON:
        say(words.text("status.expiring", days=days))
        lines = sorted(_ending(settings, admission.until.items(), first, days, words))
        for line in lines or [words.text("status.nothing")]:
            say(f"  {line}")
        first = days + 1
    due = [
        p.entry
        for p in made.library.practices.values()
        if p.entry and p.entry.review_by and p.entry.review_by <= settings.options.today
    ]
    if due:
        say(words.text("status.review"))
        for practice in due:
            say(f"  {practice.path}")
    return 0


def _ending(
    settings: Settings, until: Iterable[tuple[str, date]], first: int, days: int, words: Catalogue
) -> Iterator[str]:
    """Go through what expires between two days from now."""
    begin = settings.options.today + timedelta(days=first)
    end = settings.options.today + timedelta(days=days)
    for path, last in until:
        if begin <= last <= end:
            yield f"{path}: {words.day(last)}"
