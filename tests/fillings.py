"""What people may type into the contribution form, and notes with mistakes in them: both generated.

In: Hypothesis' choices. Out: values shaped as the form's script reads them from its fields, and front matters
of plain texts with something wrong in them. The texts hold whatever YAML and Markdown trip over.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from practice_library.model import TYPES, Kind

Values = dict[str, Any]

KNOWN_PRACTICES: Final = ("check-in-round", "talking-piece", "wall-map")
KNOWN_OUTPUTS: Final = ("listening-card", "harbour-map")
KNOWN_SPACES: Final = ("riverside", "hill", "harbour")
PRINCIPLES: Final = ("shared-ownership", "curiosity-over-judgement", "safe-respected-supported")
APPROACHES: Final = ("trauma-informed", "safe-space", "ethical-space")
QUESTIONS: Final = ("insights-gained", "stories-shared", "connections-built")
ROLES: Final = ("facilitator", "host", "participant")
LANGUAGES: Final = ("", "en", "fr", "mic")
SIGNS: Final = "aeinortu ÉœßÅ’'\"`#:-?!*&|>%@[]{}(),./\\=~^_<+;$0123456789\t\u00a0\u200b\ufeff\u0301–…«»😀日ع"
LINE: Final = st.text(SIGNS, min_size=0, max_size=40)
TRICKY: Final = st.sampled_from(
    """yes|no|null|~|true|1:30|08|2021-04-14|1e3|0x1f|- a|? a|: a|a: b|a #b|#a|&a|*a|!a|%a|@a|`a`|'a|"a|{a|[a|a]|>|||---|...|<<|
a\\nb|“a”|c'est l’été : oui|-|- |a:|: |\\|C:\\new|=|.5|+1|12|١٢|No|Off""".replace("\n", "").split("|")
)
WORDS: Final = st.one_of(LINE, TRICKY).map(lambda text: text.replace("\n", " "))
PROSE: Final = st.lists(
    st.one_of(WORDS, st.just(""), st.just("  indented"), st.just("# A heading")), max_size=6
).map("\n".join)
DAYS: Final = st.dates(min_value=date(2019, 1, 1), max_value=date(2026, 11, 1))


def seen(text: str) -> str:
    """Make sure that something can be seen of a text."""
    return f"{text} a" if text.strip() else "a"


TITLES: Final = WORDS.map(seen)
PERSON: Final = st.fixed_dictionaries({"name": WORDS, "role": WORDS, "organisation": WORDS})


@st.composite
def consents(draw: st.DrawFn) -> Values:
    """Consent as the form has it, every part of it said or not."""
    level = draw(st.sampled_from(["", "public", "members", "withheld"]))
    if not level:
        return {"level": "", "share": "", "given": "", "until": "", "by": "", "credit": ""}
    given_day = draw(DAYS)
    until = draw(st.sampled_from(["", str(given_day.replace(year=given_day.year + 4, day=1))]))
    return {
        "level": level,
        "given": str(given_day),
        "until": until,
        "share": draw(st.sampled_from(["", "full", "summary"])),
        "by": draw(st.sampled_from(["", "group", "person", "steward"])),
        "credit": draw(st.sampled_from(["", "named", "role", "organisation", "anonymous"])),
    }


@st.composite
def mentions(draw: st.DrawFn, known: tuple[str, ...], mark: str, *, outputs: bool = False) -> list[Values]:
    """Practices or outputs: known ones, each once, and perhaps a new one."""
    chosen = draw(st.lists(st.sampled_from(known), unique=True, max_size=2))
    more = {} if outputs else {"relation": "", "note": ""}
    found: list[Values] = [{"id": one, "title": "", "summary": "", **more} for one in chosen]
    if draw(st.booleans()):
        new = {"id": "", "title": f"New {mark} {draw(WORDS)}", "summary": seen(draw(PROSE))}
        found.append({**new, **({"kind": "tool"} if outputs else more)})
    for mention in found if not outputs else ():
        mention["relation"] = draw(st.sampled_from(["worked", "adapted", "did-not-work"]))
        mention["note"] = draw(PROSE)
    return found


def principles() -> st.SearchStrategy[list[Any]]:
    """Principles, some in words of the group's own."""
    words = st.one_of(
        st.just(""),
        PROSE.map(lambda text: text.strip()).filter(lambda text: text.strip("\u200b\ufeff \t\u00a0\n\u0301")),
    )
    return st.lists(
        st.tuples(st.sampled_from(PRINCIPLES), words), unique_by=lambda pair: pair[0], max_size=3
    ).map(lambda pairs: [{key: own} if own else key for key, own in pairs])


@st.composite
def quotes(draw: st.DrawFn) -> Values:
    """Words that somebody said."""
    return {
        "text": seen(draw(PROSE)),
        **draw(PERSON),
        "language": draw(st.sampled_from(LANGUAGES)),
        "consent": draw(consents()),
    }


@st.composite
def harvests(draw: st.DrawFn, mark: str) -> Values:
    """A filled-in harvest form."""
    return {
        "space": draw(st.sampled_from(KNOWN_SPACES)),
        "own_space": {"name": "", "type": ""},
        "title": f"{draw(WORDS)} {mark}",
        "date": str(draw(DAYS))[: draw(st.sampled_from([4, 7, 10]))],
        "participants": draw(st.sampled_from(["", "0", "7", "12", "100000"])),
        "harvesters": draw(st.lists(PERSON, max_size=2)),
        "language": draw(st.sampled_from(LANGUAGES)),
        "body": draw(
            st.one_of(PROSE, st.just("See [[check-in-round]] and [[principle:shared-ownership|ours]]."))
        ),
        "content_note": draw(PROSE),
        "practices": draw(mentions(KNOWN_PRACTICES, mark)),
        "principles": draw(principles()),
        "approaches": draw(st.lists(st.sampled_from(APPROACHES), unique=True)),
        "outputs": draw(mentions(KNOWN_OUTPUTS, mark, outputs=True)),
        "reflections": {key: draw(PROSE) for key in QUESTIONS},
        "quotes": draw(st.lists(quotes(), max_size=3)),
        "consent": draw(consents()),
        "checked_by_participants": draw(st.one_of(st.just(""), DAYS.map(str))),
    }


@st.composite
def spaces(draw: st.DrawFn, mark: str) -> Values:
    """A filled-in form for a space."""
    started = draw(DAYS)
    return {
        "title": f"{draw(WORDS)} {mark}",
        "type": draw(st.sampled_from(TYPES)),
        "host": draw(TITLES),
        "purpose": draw(PROSE),
        "initiative": draw(WORDS.map(lambda text: f"Project {text}" if text.strip() else "")),
        "parent": draw(st.sampled_from(["", *KNOWN_SPACES])),
        "facilitators": draw(st.lists(PERSON, max_size=2)),
        "harvesters": draw(st.lists(PERSON, max_size=1)),
        "started": str(started)[: draw(st.sampled_from([4, 7, 10]))],
        "ended": draw(st.sampled_from(["", "2026-11", "2026-11-20"])),
        "region": draw(WORDS),
        "language": draw(st.sampled_from(LANGUAGES)),
        "principles": draw(principles()),
        "approaches": draw(st.lists(st.sampled_from(APPROACHES), unique=True)),
        "practices": draw(mentions(KNOWN_PRACTICES, mark)),
        "outputs": draw(mentions(KNOWN_OUTPUTS, mark, outputs=True)),
        "body": draw(PROSE),
        "resources": draw(
            st.sampled_from([[], [{"title": "A guide: more", "url": "https://example.org/a?b=c#d"}]])
        ),
        "content_note": draw(PROSE),
        "authority": draw(PROSE),
        "consent": draw(consents()),
    }


@st.composite
def practices(draw: st.DrawFn, mark: str) -> Values:
    """A filled-in form for a practice."""
    return {
        "title": f"{draw(WORDS)} {mark}",
        "summary": seen(draw(PROSE)),
        "purpose": draw(PROSE),
        "space": draw(st.sampled_from(["", *KNOWN_SPACES])),
        "language": draw(st.sampled_from(LANGUAGES)),
        "body": draw(PROSE),
        "time": draw(st.sampled_from(["", "20-30 minutes", "2 h", "1–2 jours"])),
        "group_size": draw(st.sampled_from(["", "12", "6-20", "8+"])),
        "roles": draw(st.lists(st.sampled_from(ROLES), unique=True)),
        "watch_for": [f"{place} {text}" for place, text in enumerate(draw(st.lists(PROSE, max_size=3)))],
        "principles": draw(principles()),
        "approaches": draw(st.lists(st.sampled_from(APPROACHES), unique=True)),
        "related": draw(st.lists(st.sampled_from(KNOWN_PRACTICES), unique=True)),
        "resources": [],
        "authority": draw(PROSE),
        "rating": draw(st.sampled_from(["", "not-rated"])),
        "review_by": draw(st.sampled_from(["", "2028-03-31"])),
        "content_note": draw(PROSE),
        "consent": draw(consents()),
    }


FORMS: Final = {Kind.HARVEST: harvests, Kind.SPACE: spaces, Kind.PRACTICE: practices}


def examples(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Draw so many examples, the same on every run."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:  # noqa: ANN401 - whatever the strategy gives
        found.append(example)

    collect()
    return found[:count]


# Notes with something wrong in them.

LEAST: Final[dict[Kind, Values]] = {
    Kind.HARVEST: {"title": "First", "date": "2021-04-14"},
    Kind.SPACE: {"title": "First", "type": "CoP", "host": "Us"},
    Kind.PRACTICE: {"title": "First", "summary": "What happens."},
}
ODD: Final[list[Any]] = [
    "",
    " ",
    "\u200b",
    "a",
    "yes",
    "a\nb",
    "x" * 201,
    "x" * 1001,
    "x" * 4001,
    "2021",
    "2021-13",
    "2021-02-29",
    "1066-10-14",
    "-1",
    "100001",
    "20-10",
    "12",
    "Check in",
    "con",
    "index/a",
    "check-in-round",
    "shared-ownership",
    "javascript:alert(1)",
    "https://",
    "https://a b",
    "mailto:",
    "english",
    "true",
    "True",
    "public",
    [],
    [[]],
    [{}],
    ["a", "a"],
    ["check-in-round", "check-in-round"],
    ["", "trauma-informed"],
    ["shared-ownership", {"shared-ownership": "Ours."}],
    [{"shared-ownership": ""}],
    [{"kindness": "Be kind."}],
    [{"shared-ownership": "a", "curiosity-over-judgement": "b"}],
    [{"id": "check-in-round", "title": "No"}],
    [{"id": "Check in", "relation": "failed"}],
    [{"title": "Only a title"}],
    [{"title": "???", "summary": "No letters."}],
    [{"title": "Con", "summary": "A name of Windows."}],
    [{"title": "New", "summary": "a", "relation": "adapted", "note": ["a"]}],
    [{"title": "New", "kind": "worksheet", "summary": "a"}],
    [{"name": "Ana", "nickname": "A"}],
    [{"name": ["Ana"]}],
    [{"role": "Coach"}],
    [{"text": "a", "consent": {"given": "2021-04-20"}}],
    [{"text": "a", "language": "english"}],
    [{"role": "nobody said it"}],
    [{"title": "a", "url": "https://example.org"}, {"title": "b", "url": "https://example.org"}],
    [{"title": "a", "url": "example.org"}],
    {},
    {"level": "public"},
    {"level": "Public", "given": "yesterday"},
    {"level": "public", "given": "2021-04-20", "until": "2020-04-20"},
    {"level": ["public"]},
    {"level": "", "by": "nobody"},
    {"lever": "public"},
    {"insights-gained": "Much."},
    {"insights-gained": ""},
    {"insights": "Much."},
    {"insights-gained": ["Much."]},
]
"""Values that are right under one key or another, and wrong under most."""


@st.composite
def mistaken(draw: st.DrawFn, kind: Kind, keys: tuple[str, ...]) -> Values:
    """A front matter with one to four things in it that are probably wrong."""
    front: Values = dict(LEAST[kind])
    for key in draw(st.lists(st.sampled_from([*keys, "tilte"]), min_size=1, max_size=4, unique=True)):
        front[key] = draw(st.sampled_from(ODD))
    for key in draw(st.lists(st.sampled_from(list(LEAST[kind])[1:]), max_size=1)):
        front.pop(key, None)
    return front
