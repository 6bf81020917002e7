"""What there is: admitted entries, and what notes mention for the first time, each under its id.

In: the admission of the gate. Out: a `Library` in which nothing points to anything yet. A second definition
of one id is a complaint. Called by `linker`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .consent import Admission
from .diagnostics import Report
from .library import Initiative, Library, OutputRecord, PracticeRecord, Ref
from .model import Entry, Harvest, Space, changed, kind_of
from .slugs import free_id
from .vocabulary import Vocabulary


def collected(admission: Admission, vocabulary: Vocabulary, report: Report) -> Library:
    """Put what was admitted into a library.

    Args:
        admission: what the gate let through.
        vocabulary: the shared words.
        report: takes complaints about ids that are defined twice.
    """
    collector = _Collector(admission, vocabulary, report)
    collector.collect()
    return collector.library


class _Collector:
    """Fills one library."""

    def __init__(self, admission: Admission, vocabulary: Vocabulary, report: Report) -> None:
        self._admission = admission
        self._report = report
        self.library = Library(vocabulary=vocabulary, tombstones=admission.tombstones)

    def collect(self) -> None:
        library = self.library
        for space in sorted(self._admission.spaces, key=lambda s: s.id):
            library.spaces[space.id] = space
        dated = sorted(self._admission.harvests, key=lambda h: (h.date.sort_key, h.id))
        for note in dated:
            harvest = self._as_example(note)
            library.harvests[harvest.id] = harvest
            library.place_of[harvest.id] = len(library.harvests_of[harvest.space])
            library.harvests_of[harvest.space].append(harvest)
        self._collect_practices()
        self._collect_outputs()
        self._collect_initiatives()
        self._collect_places()
        for entry in self.library.entries():
            library.by_path[entry.path] = Ref(kind=kind_of(entry), id=entry.id)

    def _collect_places(self) -> None:
        library = self.library
        for practice in library.practices.values():
            library.practices_in[practice.space].append(practice.id)
        for output in library.outputs.values():
            library.outputs_in[output.space].append(output.id)
        for space in library.spaces.values():
            if space.parent:
                library.children_of[space.parent].append(space.id)

    def _as_example(self, entry: Harvest) -> Harvest:
        """A note of an invented space is invented, whether it says so or not."""
        space = self.library.spaces.get(entry.space)
        if entry.illustrative or not (space and space.illustrative):
            return entry
        return changed(entry, illustrative=True)

    def _is_example(self, entry: Entry) -> bool:
        space = self.library.spaces.get(entry.space)
        return entry.illustrative or bool(space and space.illustrative)

    def _collect_practices(self) -> None:
        found = [
            PracticeRecord(
                id=entry.id,
                title=entry.title,
                summary=entry.summary,
                path=entry.path,
                line=entry.lines.get("title", 0),
                space=entry.space,
                entry=entry,
                illustrative=self._is_example(entry),
                language=entry.language,
            )
            for entry in self._admission.practices
        ]
        found += [
            PracticeRecord(
                id=mention.id,
                title=mention.title,
                summary=mention.summary,
                path=holder.path,
                line=mention.line,
                space=holder.id if isinstance(holder, Space) else holder.space,
                illustrative=self._is_example(holder),
                language=holder.language,
            )
            for holder in self._holders()
            for mention in holder.practices
            if mention.title
        ]
        for record in sorted(found, key=lambda r: (r.id, r.entry is None, r.path)):
            self._define(self.library.practices, record)

    def _collect_outputs(self) -> None:
        found = [
            OutputRecord(
                id=entry.id,
                title=entry.title,
                kind=entry.kind,
                summary=entry.summary,
                path=entry.path,
                line=entry.lines.get("title", 0),
                space=entry.space,
                entry=entry,
                illustrative=self._is_example(entry),
                language=entry.language,
            )
            for entry in self._admission.outputs
        ]
        found += [
            OutputRecord(
                id=mention.id,
                title=mention.title,
                kind=mention.kind,
                summary=mention.summary,
                path=holder.path,
                line=mention.line,
                space=holder.id if isinstance(holder, Space) else holder.space,
                illustrative=self._is_example(holder),
                language=holder.language,
            )
            for holder in self._holders()
            for mention in holder.outputs
            if mention.title
        ]
        for record in sorted(found, key=lambda r: (r.id, r.entry is None, r.path)):
            self._define(self.library.outputs, record)

    def _define(
        self,
        defined: dict[str, PracticeRecord] | dict[str, OutputRecord],
        record: PracticeRecord | OutputRecord,
    ) -> None:
        """Take in a definition; a second one of the same id is an error that names both."""
        other = defined.get(record.id)
        if other is None:
            defined[record.id] = record  # type: ignore[assignment]
            return
        where = f"{other.path}:{other.line}" if other.line else other.path
        self._report.add("duplicate-definition", record.path, record.line, id=record.id, other=where)

    def _holders(self) -> Iterator[Space | Harvest]:
        yield from self.library.spaces.values()
        yield from self.library.harvests.values()

    def _collect_initiatives(self) -> None:
        members: dict[str, list[Space]] = defaultdict(list)
        for space in self.library.spaces.values():
            if space.initiative:
                members[free_id(space.initiative, "initiative")].append(space)
        for key in sorted(members):
            self.library.initiatives[key] = Initiative(
                id=key,
                title=members[key][0].initiative,
                spaces=tuple(space.id for space in members[key]),
            )
