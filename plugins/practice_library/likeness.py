"""What is known of each practice when it is held against others.

In: a linked library. Out: for each practice what `related` compares. Called by `build`.
"""

from __future__ import annotations

from .library import Library, PracticeRecord
from .links import find_links, replace_links
from .model import Kind
from .related import Likeness


def known_of(library: Library) -> list[Likeness]:
    """Give what is known of each practice of a linked library.

    Args:
        library: what `link` made.
    """
    return [_likeness(practice, library) for practice in library.practices.values()]


def _likeness(practice: PracticeRecord, library: Library) -> Likeness:
    entry = practice.entry
    texts = [(3.0, practice.title), (2.0, practice.summary)]
    named: set[str] = set()
    linked: set[str] = set()
    terms: set[str] = set()
    if entry:
        told = replace_links(entry.body, entry.path, lambda found: found.label)
        texts += [(1.0, entry.purpose), (1.0, told)]
        named |= set(entry.related)
        terms |= {mention.id for mention in entry.principles} | set(entry.approaches)
        linked |= {
            found.target for found in find_links(entry.body, entry.path, 1) if found.kind == Kind.PRACTICE
        }
    return Likeness(
        id=practice.id,
        words=texts,
        gatherings=frozenset(n.harvest.id for n in library.evidence[practice.id]),
        terms=frozenset(terms),
        named=frozenset(named),
        linked=frozenset(linked),
        language=practice.language,
    )
