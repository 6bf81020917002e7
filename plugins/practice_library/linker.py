"""Linking: what points to what in the admitted entries, and what follows from it.

In: the admission of the gate and the vocabulary. Out: a `Library`. Broken references are complaints.
Nothing here has ever seen an entry that is held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .collecting import collected
from .consent import Admission
from .diagnostics import Report, nearest
from .evidence import Evidence, Thresholds, counting, maturity_of
from .library import Backlink, Library, Ref, Why
from .links import PICTURE, TERM_KINDS, Link, find_links
from .model import (
    Entry,
    Harvest,
    Kind,
    Output,
    OutputMention,
    Practice,
    PracticeMention,
    Relation,
    Space,
)
from .slugs import slug_of
from .vocabulary import Vocabulary

MAX_HINTS: Final = 200
"""For how many unknown ids the nearest known one is looked for; nobody reads more, and it takes its time."""
_RELATION_WHY: Final = {
    Relation.WORKED: "worked-in",
    Relation.ADAPTED: "adapted-in",
    Relation.DID_NOT_WORK: "did-not-work-in",
}


def link(
    admission: Admission,
    vocabulary: Vocabulary,
    thresholds: Thresholds,
    report: Report,
    unread: frozenset[str] = frozenset(),
) -> Library:
    """Link what was admitted; what is related is for `likeness` to say.

    Args:
        admission: what the gate let through.
        vocabulary: the shared words.
        thresholds: from how many hosts a level of maturity begins.
        report: takes complaints about references.
        unread: ids of entries that could not be read; naming one is nobody's mistake.
    """
    return _Linker(admission, vocabulary, thresholds, report, unread).link()


class _Linker:
    """Builds one library."""

    def __init__(
        self,
        admission: Admission,
        vocabulary: Vocabulary,
        thresholds: Thresholds,
        report: Report,
        unread: frozenset[str],
    ) -> None:
        self._admission = admission
        self._thresholds = thresholds
        self._report = report
        self._unread = unread
        self._hints = MAX_HINTS
        self._library = collected(admission, vocabulary, report)

    def link(self) -> Library:
        for space in self._library.spaces.values():
            self._link_space(space)
        for harvest in self._library.harvests.values():
            self._link_harvest(harvest)
        for practice in self._library.practices.values():
            if practice.entry:
                self._link_practice(practice.entry)
        for output in self._library.outputs.values():
            if output.entry:
                self._link_output(output.entry)
        for entry in self._library.entries():
            self._link_body(entry)
        self._weigh()
        return self._library

    # What points to what.

    def _point(self, why: Why, target: Ref, source: Entry, words: str = "") -> None:
        ref = self._library.by_path[source.path]
        self._library.backlinks[target].append(Backlink(why=why, source=ref, words=words))

    def _link_space(self, space: Space) -> None:
        self._point(Why.OF_THIS_TYPE, Ref(kind="type", id=space.type), space)
        if space.parent:
            self._has("space", space.parent, space, space.lines.get("parent", 0))
        self._link_terms(space)
        self._link_outputs(space, space.outputs)
        for mention in space.practices:
            if self._has_practice(mention, space):
                target = Ref(kind=Kind.PRACTICE, id=mention.id)
                self._point(Why.USED_BY, target, space, mention.note)

    def _link_harvest(self, harvest: Harvest) -> None:
        self._link_terms(harvest)
        self._link_outputs(harvest, harvest.outputs)
        for mention in harvest.practices:
            if self._has_practice(mention, harvest):
                why = Why(_RELATION_WHY[mention.relation])
                target = Ref(kind=Kind.PRACTICE, id=mention.id)
                self._point(why, target, harvest, mention.note)
        for answer in harvest.reflections:
            target = Ref(kind="question", id=answer.question)
            self._point(Why.ANSWERED_IN, target, harvest, answer.text)

    def _link_practice(self, practice: Practice) -> None:
        self._link_terms(practice)
        for role in practice.roles:
            self._point(Why.CARRIED_BY, Ref(kind="role", id=role), practice)
        for other in practice.related:
            if self._has(Kind.PRACTICE, other, practice, practice.lines.get(f"related/{other}", 0)):
                self._point(Why.RELATED_TO, Ref(kind=Kind.PRACTICE, id=other), practice)

    def _link_output(self, output: Output) -> None:
        for practice in output.practices:
            if self._has(Kind.PRACTICE, practice, output, output.lines.get(f"practices/{practice}", 0)):
                self._point(Why.MADE_WITH, Ref(kind=Kind.PRACTICE, id=practice), output)

    def _link_terms(self, entry: Space | Harvest | Practice) -> None:
        for mention in entry.principles:
            why = Why.IN_OUR_WORDS if mention.words else Why.CARRIED_BY
            self._point(why, Ref(kind="principle", id=mention.id), entry, mention.words)
        for approach in entry.approaches:
            self._point(Why.CARRIED_BY, Ref(kind="approach", id=approach), entry)

    def _link_outputs(self, holder: Entry, mentions: tuple[OutputMention, ...]) -> None:
        for mention in mentions:
            if self._has(Kind.OUTPUT, mention.id, holder, mention.line):
                self._point(Why.CAME_OUT_OF, Ref(kind=Kind.OUTPUT, id=mention.id), holder)

    def _has_practice(self, mention: PracticeMention, holder: Entry) -> bool:
        return self._has(Kind.PRACTICE, mention.id, holder, mention.line)

    def _known(self, kind: str) -> Mapping[str, object]:
        if kind in TERM_KINDS:
            return self._library.vocabulary.section(TERM_KINDS[kind])
        return self._library.entries_of(kind)

    def _has(self, kind: str, target: str, source: Entry, line: int) -> bool:
        """Whether a reference leads somewhere; if not, say so, unless it was withdrawn."""
        known = self._known(kind)
        if target in known:
            return True
        if target in self._unread:
            return False
        if f"{kind}:{target}" in self._admission.gone:
            self._report.add("withdrawn-reference", source.path, line, value=target)
            return False
        self._hints -= 1
        near = nearest(target, known) if self._hints >= 0 else ""
        self._report.add(f"unknown-{kind}", source.path, line, value=target, near=near)
        return False

    def _link_body(self, entry: Entry) -> None:
        for found in find_links(entry.body, entry.path, entry.body_line):
            if found.kind == PICTURE:
                continue
            target = self.resolve(found, entry)
            if target and target != self._library.by_path[entry.path]:
                self._point_once(Why.MENTIONED_IN, target, entry)

    def _point_once(self, why: Why, target: Ref, source: Entry) -> None:
        """A link in the text is told once, and not at all where a stronger reason is told."""
        ref = self._library.by_path[source.path]
        if all(backlink.source != ref for backlink in self._library.backlinks[target][-8:]):
            self._point(why, target, source)

    def resolve(self, found: Link, source: Entry) -> Ref | None:
        """Find what a link in a body names, or complain."""
        if found.kind == "file":
            target = self._library.by_path.get(found.target)
            if f"{found.kind}:{found.target}" in self._admission.gone:
                self._report.add("withdrawn-reference", source.path, found.line, value=found.written)
            elif target is None:
                values = {"value": found.written, "near": ""}
                self._report.add("broken-link", source.path, found.line, **values)
            return target
        if found.kind not in {*Kind, *TERM_KINDS}:
            known = [kind.value for kind in Kind] + list(TERM_KINDS)
            near = nearest(found.kind, known)
            values = {"value": found.kind, "near": near, "known": ", ".join(known)}
            self._report.add("unknown-link-kind", source.path, found.line, **values)
            return None
        if self._has(found.kind, found.target, source, found.line):
            return Ref(kind=found.kind, id=found.target)
        return None

    # What follows from it.

    def _weigh(self) -> None:
        library = self._library
        hosts = {
            space.id: slug_of(space.host) or f"{Kind.SPACE}:{space.id}" for space in library.spaces.values()
        }
        for practice_id, practice in library.practices.items():
            found = counting(self._evidence(practice_id, hosts), illustrative=practice.illustrative)
            library.evidence[practice_id] = found
            library.maturity[practice_id] = maturity_of(found, self._thresholds, rated=practice.is_rated)

    def _evidence(self, practice_id: str, hosts: Mapping[str, str]) -> Iterator[Evidence]:
        for backlink in self._library.pointing_to(Kind.PRACTICE, practice_id):
            relation = _RELATION_OF.get(backlink.why)
            if relation is None:
                continue
            harvest = self._library.harvests[backlink.source.id]
            space = self._library.spaces[harvest.space]
            yield Evidence(
                harvest=harvest,
                relation=relation,
                note=backlink.words,
                space_type=space.type,
                host=hosts[space.id],
                illustrative=harvest.illustrative,
            )


_RELATION_OF: Final = {Why(why): relation for relation, why in _RELATION_WHY.items()}
