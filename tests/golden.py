"""Golden cases: what is given and what is expected, in files that read without code.

In: a file of `tests/cases/`. Out: the case, the build of what it gives, and what that build shows of each
thing the case expects. `tests/cases/README.md` says how a case is written.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

import yaml
from tests.compiled import COMPILED

from practice_library import phrases
from practice_library.build import Build, Options, SourceAccess, build
from practice_library.consent import Audience
from practice_library.diagnostics import Severity, format_diagnostic
from practice_library.evidence import Thresholds
from practice_library.model import AnyEntry, Harvest, PrincipleMention, Quote, Resource, kind_of
from practice_library.pages import Page
from practice_library.render import Renderer

CASES: Final = Path(__file__).parent / "cases"
VOCABULARY: Final = "spaces/vocabulary.yml"
TODAY: Final = date(2026, 11, 24)

File = str | Mapping[str, str]
Files = Mapping[str, File]


class Outcome(Build):
    """What came of a case, with one renderer for all its pages."""

    @cached_property
    def renderer(self) -> Renderer:
        """Give the renderer, made when a first page is looked at."""
        return Renderer(self, compiled=COMPILED)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One golden case."""

    path: Path
    claim: str
    """What the case shows, in one sentence."""
    given: Files
    """Files by path; a text, or a mapping for bytes that YAML cannot hold."""
    options: Mapping[str, Any]
    expected: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Give `noun/name`, by which the case is selected and reported."""
        return self.path.relative_to(CASES).with_suffix("").as_posix()


def read_case(path: Path) -> Case:
    """Read a case; every scalar is text, so that `no` and `2021-04` mean what is written."""
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes only text, lists and mappings
    return Case(
        path=path,
        claim=found.pop("claim"),
        given=found.pop("given") or {},
        options=found.pop("options", {}),
        expected=found.pop("expected") or {},
        **found,
    )


def all_cases() -> list[Case]:
    """Give every case, by name."""
    return [read_case(path) for path in sorted(CASES.glob("*/*.yml"))]


def build_case(case: Case, root: Path, without: tuple[str, ...] = ()) -> Outcome:
    """Write what a case gives into a folder and build it.

    Args:
        case: the case.
        root: an empty folder, which stands for the project's.
        without: files of the case to leave out.
    """
    shared = (CASES / "vocabulary.yml").read_text(encoding="utf-8")
    given = {VOCABULARY: shared, **case.given}
    for name, content in given.items():
        if name in without:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes_of(content))
    return Outcome(**vars(build(root, root / "spaces", _options_of(case.options))))


def _bytes_of(content: File) -> bytes:
    """Give the bytes of a file: a text in UTF-8, or what its mapping asks for."""
    if isinstance(content, str):
        return content.encode()
    if "base64" in content:
        return base64.b64decode(content["base64"])
    text = content["text"]
    if "times" in content:
        text = text.replace("{}", content["repeat"] * int(content["times"]))
    return text.encode(content.get("encoding", "utf-8"))


def _options_of(written: Mapping[str, Any]) -> Options:
    """Make options of what a case says; the sources are private unless it says otherwise."""
    known = {"today", "language", "audience", "source", "thresholds", "severity"}
    assert not set(written) - known, set(written) - known
    thresholds = {name: int(count) for name, count in written.get("thresholds", {}).items()}
    severities = {code: Severity(word) for code, word in written.get("severity", {}).items()}
    return Options(
        today=date.fromisoformat(written["today"]) if "today" in written else TODAY,
        language=written.get("language", "en"),
        audience=Audience(written.get("audience", "public")),
        source=SourceAccess(written.get("source", "private")),
        thresholds=Thresholds(**thresholds),
        severities=severities,
    )


def observed(case: Case, root: Path) -> dict[str, Any]:
    """Build a case and give what came of it, in the shape of what the case expects."""
    made = build_case(case, root / "given")
    taken = [page.source.casefold() for page in made.plan.pages]
    assert len(taken) == len(set(taken)), "two pages have one address"
    sought = {"diagnostics": [], **case.expected}
    seen = {name: _OBSERVERS[name](made, wanted) for name, wanted in sought.items() if name in _OBSERVERS}
    if "no_trace_of" in sought:
        seen["no_trace_of"] = _traceless(case, made, root / "without", sought["no_trace_of"])
    assert seen.keys() == sought.keys(), f"nothing observes {sought.keys() - seen.keys()}"
    return seen


def _name(entry: AnyEntry) -> str:
    return f"{kind_of(entry)}:{entry.id}"


def _named(made: Outcome, name: str) -> AnyEntry:
    """Give an admitted entry by `kind:id`, as the gate let it through."""
    admitted = {_name(entry): entry for entry in _admitted(made)}
    assert name in admitted, f"{name} was not admitted"
    return admitted[name]


def _admitted(made: Outcome) -> tuple[AnyEntry, ...]:
    gate = made.admission
    return (*gate.spaces, *gate.harvests, *gate.practices, *gate.outputs)


def _diagnostics(made: Outcome, _wanted: object) -> list[str]:
    return [format_diagnostic(found, made.words) for found in made.report.sorted()]


def _severities(made: Outcome, wanted: Mapping[str, str]) -> dict[str, str]:
    """Tell how much each complaint of a code matters, which is the same for all of them."""
    found = {d.code: made.report.severity(d).value for d in made.report.sorted()}
    return {code: found.get(code, "is not told") for code in wanted}


def _ids(made: Outcome, _wanted: object) -> list[str]:
    return sorted(_name(entry) for entry in _admitted(made))


def _held(made: Outcome, _wanted: object) -> dict[str, str]:
    return {f"{kind_of(held.entry)}:{held.entry.id}": held.reason.value for held in made.admission.held}


def _of_each(tell: Callable[[Outcome, str], Any], made: Outcome, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Tell something of each thing that a case names."""
    return {name: tell(made, name) for name in wanted}


def _quotes(made: Outcome, name: str) -> list[str]:
    entry = _named(made, name)
    assert isinstance(entry, Harvest)
    return [f"{quote.text} ({_credit(quote, made)})" for quote in entry.quotes]


def _credit(quote: Quote, made: Outcome) -> str:
    return phrases.quote_credit(quote, made.words.text)


def _people(made: Outcome, name: str) -> list[str]:
    entry: Any = _named(made, name)
    people = (*getattr(entry, "facilitators", ()), *entry.harvesters)
    return [", ".join(filter(None, (p.name, p.role, p.organisation))) for p in people]


def _facts(made: Outcome, wanted: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Any]]:
    """Give the fields of an entry that a case names, as text."""
    return {
        name: {key: _told(getattr(_named(made, name), key)) for key in keys} for name, keys in wanted.items()
    }


def _told(value: Any) -> object:  # noqa: ANN401 - whatever a field of an entry may hold
    """Write a field's value as a case does: text, lists of text, mappings of what is said."""
    if value is None or isinstance(value, bool):
        return str(value).casefold()
    if isinstance(value, tuple):
        return [_told(item) for item in value]
    if isinstance(value, PrincipleMention | Resource):
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: str(found) for name, found in told.items() if found and name != "line"}
    return str(value)


def _maturity(made: Outcome, practice: str) -> dict[str, str]:
    found = made.library.maturity[practice]
    texts = made.words.text, made.words.plural
    told = {
        "level": found.level.value,
        "reason": phrases.maturity_reason(found, *texts),
        "next": phrases.maturity_next(found, *texts),
    }
    return {name: text for name, text in told.items() if text}


def _evidence(made: Outcome, practice: str) -> list[str]:
    return [
        f"{note.relation.value} {note.harvest.id}{'' if note.counts else ' (does not count)'}"
        for note in made.library.evidence[practice]
    ]


def _backlinks(made: Outcome, name: str) -> list[str]:
    kind, _, found = name.partition(":")
    return [
        f"{b.why.value} {b.source.kind}:{b.source.id}{': ' if b.words else ''}{b.words}"
        for b in made.library.pointing_to(kind, found)
    ]


def _related(made: Outcome, practice: str) -> list[str]:
    words = made.words

    def label(kind: str, target: str) -> str:
        term = made.library.term(kind, target)
        return words.localised(term.label) if term else target

    return [
        f"{other.id}: "
        + " · ".join(phrases.related_reasons(other, made.library, words.text, words.plural, label))
        for other in made.library.related[practice]
    ]


def _pages(made: Outcome, _wanted: object) -> list[str]:
    """Give the planned pages beyond those that an empty library has."""
    return sorted(page.source for page in made.plan.pages if _is_of_content(page))


def _is_of_content(page: Page) -> bool:
    of_term = page.ref is not None and page.entry is None and page.template in {"term", "type"}
    return page.template == "tombstone" or (page.ref is not None and not of_term)


def _pictures(made: Outcome, _wanted: object) -> list[str]:
    return sorted(made.pictures)


def _redirects(made: Outcome, _wanted: object) -> dict[str, str]:
    return {redirect.source: redirect.target for redirect in made.plan.redirects}


def _titles(made: Outcome, source: str) -> str:
    return _page(made, source).title


def _page(made: Outcome, source: str) -> Page:
    return next(page for page in made.plan.pages if page.source == source)


def _whole(made: Outcome, source: str) -> str:
    found = made.renderer.render(_page(made, source))
    return f"{found.head}\n{found.html}\n"


def _rendered(made: Outcome, page: Page) -> str:
    """Give everything of a page: its head, its HTML and contributors' text in it."""
    found = made.renderer.render(page)
    return "\n".join([found.head, found.html, *(fragment.html for _, fragment in found.fragments)])


def _read(made: Outcome, source: str) -> str:
    """Give a page as it is written and as it is read, so that a case may ask for either."""
    written = _rendered(made, _page(made, source))
    return f"{written}\n{html.unescape(written)}"


def _body(made: Outcome, source: str) -> str:
    """Give a page as it is written, without its head, which has titles as they are."""
    return _rendered(made, _page(made, source)).split("\n---\n", 1)[1]


def _shown(made: Outcome, wanted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Give those of the expected words that a page does show."""
    found = {source: _read(made, source) for source in wanted}
    return {source: [w for w in words if w in found[source]] for source, words in wanted.items()}


def _not_shown(made: Outcome, wanted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Give those of the unwanted words that the HTML of a page does not hold."""
    found = {source: _body(made, source) for source in wanted}
    return {source: [w for w in words if w not in found[source]] for source, words in wanted.items()}


def _nowhere(made: Outcome, wanted: list[str]) -> list[str]:
    """Give those of the unwanted words that no page shows; the guide has examples of its own."""
    pages = (text for source, text in _site(made).items() if not source.startswith("contribute/"))
    site = html.unescape("\n".join(pages))
    return [words for words in wanted if words not in site]


def _site(made: Outcome) -> dict[str, str]:
    """Give every byte that the core makes of a build, by source path."""
    found = {page.source: _rendered(made, page) for page in made.plan.pages}
    return found | {r.source: f"redirect to {r.target}" for r in made.plan.redirects}


def _traceless(case: Case, made: Outcome, root: Path, paths: list[str]) -> list[str]:
    """Give the expected paths when a site without those files is the same, else what differs."""
    bare = build_case(case, root, without=tuple(paths))
    one, other = _site(made), _site(bare)
    differing = [source for source in sorted({*one, *other}) if one.get(source) != other.get(source)]
    if _diagnostics(made, None) != _diagnostics(bare, None):
        differing.append("diagnostics")
    return [f"{source} differs" for source in differing] or paths


_OBSERVERS: Final[Mapping[str, Callable[[Outcome, Any], Any]]] = {
    "diagnostics": _diagnostics,
    "severities": _severities,
    "admitted": _ids,
    "held": _held,
    "facts": _facts,
    "quotes": partial(_of_each, _quotes),
    "people": partial(_of_each, _people),
    "maturity": partial(_of_each, _maturity),
    "evidence": partial(_of_each, _evidence),
    "backlinks": partial(_of_each, _backlinks),
    "related": partial(_of_each, _related),
    "pages": _pages,
    "pictures": _pictures,
    "redirects": _redirects,
    "titles": partial(_of_each, _titles),
    "html": partial(_of_each, _whole),
    "shows": _shown,
    "does_not_show": _not_shown,
    "nowhere": _nowhere,
}
"""How each thing that a case may expect is seen in a build."""
