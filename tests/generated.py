"""Generated libraries in which one thing is held: in every way in which a thing can be held.

In: what is held and how, and Hypothesis' choices. Out: a `Trial`: the files of a library with that thing and
without it. Every word of what may not be shown is `CANARY`, or begins with it; the rest of the library knows
nothing of the thing unless a trial asks for links to it.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from tests.golden import TODAY, File

from practice_library.model import TYPES
from practice_library.wording import wording_of

T = TypeVar("T")
Keys = Mapping[str, Any]

CANARY: Final = "zqcanary"
"""Stands in whatever may not be shown, and nowhere else."""
GIVEN: Final = "2026-03-01"
"""When consent was given: lately enough for a community of healing."""
YESTERDAY: Final = str(TODAY - timedelta(days=1))
TOMORROW: Final = str(TODAY + timedelta(days=1))
TWO_YEARS_AGO: Final = str(date(TODAY.year - 2, TODAY.month, TODAY.day) - timedelta(days=1))
HEALING: Final = TYPES[3]

ENTRIES: Final = ("space", "harvest", "practice", "output")
SHELF: Final = ("shelf-practice", "shelf-output")
"""An entry that no one space stewards: silence opens it, and no community of healing closes it."""
WITHIN: Final = ("harvest-within", "practice-within", "output-within")
"""An entry that is open by itself, in a space that is held."""
OWN_WAYS: Final = (
    "silence",
    "withheld",
    "members",
    "no-day",
    "tomorrow",
    "passed",
    "two-years",
    "withdrawn",
    "listed",
)
"""How an entry, or its space, is held."""
QUOTE_WAYS: Final = (
    *OWN_WAYS[:-2],
    "changed-words",
    "summary",
)
"""How a quote of an open note is held: `summary` says that the note shows no quotes at all."""
PICTURE_WAYS: Final = ("unshown", "in-a-held-note", "in-a-summary", "within-a-held-space")
"""How a picture file comes to be held."""
ENDED: Final = frozenset({"passed", "two-years", "withdrawn", "listed"})
"""Ways in which something was shown once: whoever linked to it did nothing wrong."""
ALL_HELD: Final = (
    *((what, how) for what in (*ENTRIES, *WITHIN) for how in OWN_WAYS),
    *((what, how) for what in SHELF for how in OWN_WAYS if how not in {"silence", "two-years"}),
    *(("quote", how) for how in QUOTE_WAYS),
    *(("picture", how) for how in PICTURE_WAYS),
)
"""Everything that can be held, in every way in which it can be."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A library with one thing held in it, and the same library without that thing."""

    held: Mapping[str, File]
    """The files of the library that has it."""
    bare: Mapping[str, File]
    """The files of the library that never had it."""
    audience: str
    language: str


def entry(keys: Keys, body: str = "") -> str:
    """Write an entry: a line a key, and a line a quote, so that a quote can go and leave its line."""
    lines = ["---"]
    for key, value in keys.items():
        if key == "quotes":
            lines += [
                "quotes:" if value else "#",
                *(f"  - {_flow(quote)}" if quote else "#" for quote in value),
            ]
        elif value not in (None, (), [], {}, ""):
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join([*lines, "---", body, ""])


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _picture(extension: str, shade: int) -> Mapping[str, str]:
    """Draw a small picture that carries words where they cannot be seen."""
    drawn = Image.new("RGB", (4, 3), (shade, 255 - shade, 120))
    stream = io.BytesIO()
    if extension == "png":
        words = PngInfo()
        words.add_text("Comment", CANARY)
        drawn.save(stream, "PNG", pnginfo=words)
    else:
        exif = Image.Exif()
        exif[0x010E] = CANARY
        exif[0x013B] = f"{CANARY} Person"
        drawn.save(stream, "JPEG", exif=exif.tobytes(), comment=CANARY.encode())
    return {"base64": base64.b64encode(stream.getvalue()).decode()}


OPEN_PICTURES: Final = {name: _picture(name.rpartition(".")[2], 40) for name in ("room.png", "wall.jpg")}
HELD_PICTURES: Final = {f"{CANARY}.{name}": _picture(name, 200) for name in ("png", "jpg")}


@st.composite
def trials(draw: st.DrawFn, what: str, how: str, *, linked: bool = False) -> Trial:
    """Make a library in which one thing is held.

    Args:
        draw: Hypothesis' own.
        what: the thing, the first of a pair of `ALL_HELD`.
        how: in which way, the second.
        linked: whether something that is shown links to the thing.
    """
    library = _Library(draw, members=how != "members" and draw(st.booleans()))
    library.fill()
    without = _Holder(library, what, how).hold(linked=linked)
    return Trial(
        held=library.files,
        bare={name: content for name, content in {**library.files, **without}.items() if content},
        audience="members" if library.members else "public",
        language=draw(st.sampled_from(["en", "fr"])),
    )


@dataclass(frozen=True, kw_only=True)
class _Space:
    """A space of the library, as far as what lies in it has to know."""

    id: str
    type: str
    has_folder: bool
    is_summary: bool = False

    @property
    def is_healing(self) -> bool:
        return self.type == HEALING

    @property
    def path(self) -> str:
        return f"spaces/{self.id}/space.md" if self.has_folder else f"spaces/{self.id}.md"


def has_place_for_pictures(path: str) -> bool:
    """A picture lies beside an entry, and not in the content folder itself."""
    return path.count("/") > 1


class _Library:
    """Writes the files of a library, choosing as it goes."""

    def __init__(self, draw: st.DrawFn, *, members: bool) -> None:
        self.draw = draw
        self.members = members
        self.files: dict[str, File] = {}
        self.spaces: list[_Space] = []
        self.practices: list[str] = []
        self.outputs: list[str] = []
        self.firsts: list[str] = []
        """Titles of practices that an open space or note brings in."""

    # Choices.

    def one(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))

    def maybe(self) -> bool:
        return self.draw(st.booleans())

    def some(self, options: Sequence[T]) -> list[T]:
        return [option for option in options if self.maybe()]

    # What is open.

    def fill(self) -> None:
        """Write what is open: a shelf, and one to three spaces with what lies in them."""
        for name in self.some(["check-in", "talking-piece"]):
            self.add_practice(f"spaces/practices/{name}.md", None)
        for name in self.some(["listening-card", "door-sign"]):
            self.add_output(f"spaces/outputs/{name}.md", None)
        for name in ["riverside", "hill", "harbour"][: self.one([1, 2, 3])]:
            self.add_space(name)

    def add_space(self, name: str) -> None:
        type_ = self.one(TYPES)
        consent = self.consent(must=type_ == HEALING)
        is_summary = self.is_summary(consent, healing=type_ == HEALING)
        space = _Space(id=name, type=type_, has_folder=self.maybe(), is_summary=is_summary)
        keys = self.space_keys(space, name.capitalize(), named=consent.get("credit") == "named")
        if consent.get("credit") == "anonymous" or (space.is_healing and "credit" not in consent):
            keys["host"] = f"{CANARY} Centre"
        self.files[space.path] = entry({**keys, "consent": consent}, self.body(space.path, hidden=is_summary))
        self.spaces.append(space)
        if not space.has_folder:
            return
        if self.maybe():
            self.add_practice(f"spaces/{name}/practices/round-of-{name}.md", space)
        if self.maybe():
            self.add_output(f"spaces/{name}/outputs/map-of-{name}.md", space)
        for year in self.some([2021, 2023]):
            self.add_harvest(f"spaces/{name}/harvests/{year}-04-14-evening.md", space)

    def consent(self, *, must: bool) -> dict[str, str]:
        """Choose consent that admits an entry; none at all where silence does."""
        if not must and self.maybe():
            return {}
        consent = {"level": self.one(["public", "members"] if self.members else ["public"]), "given": GIVEN}
        choices = {
            "until": [None, str(TODAY), "2030-01-01"],
            "share": [None, "full", "summary"],
            "credit": [None, "named", "role", "organisation", "anonymous"],
            "by": [None, "group"],
        }
        return consent | {key: value for key, found in choices.items() if (value := self.one(found))}

    def is_summary(self, consent: Keys, *, healing: bool) -> bool:
        return bool(consent.get("share", "summary" if healing else "full") == "summary")

    def person(self, name: str) -> dict[str, str]:
        return {"name": name, "role": "Keeper of rounds", "organisation": "Mill Street Centre"}

    def space_keys(self, space: _Space, title: str, *, named: bool = False) -> dict[str, Any]:
        person = self.person("Robin Example" if named else f"{CANARY} Person")
        return {
            "title": f"Circle of {title}",
            "type": space.type,
            "host": self.one(["Mill Street Centre", f"{title} House"]),
            "purpose": f"To meet at {title}.",
            "initiative": self.one(["", "Two Shores", "Tide"]),
            "parent": self.one(["", *(s.id for s in self.spaces)]),
            "facilitators": self.some([person]),
            "started": self.one(["", "2019", "2020-02"]),
            "principles": self.principles(title),
            "approaches": self.some(["safe-space"]),
            "practices": self.mentions(title),
            "outputs": self.some(self.outputs),
            "aliases": self.some([f"old-{space.id}"]),
        }

    def principles(self, title: str) -> list[object]:
        own = {"shared-ownership": f"It is ours, says {title}."}
        return self.some(["curiosity-over-judgement", self.one(["shared-ownership", own])])

    def mentions(self, title: str) -> list[object]:
        """Mention practices that are known, and perhaps bring in one."""
        found: list[object] = [
            {"id": known, "relation": self.one(["worked", "adapted", "did-not-work"]), "note": f"At {title}."}
            for known in self.some(self.practices)
        ]
        first = f"Walk with {title}"
        if first not in self.firsts and self.maybe():
            self.firsts.append(first)
            found.append({"title": first, "summary": "Two by two, outdoors."})
        return found

    def add_harvest(self, path: str, space: _Space) -> None:
        consent = self.consent(must=True)
        hidden = space.is_summary or self.is_summary(consent, healing=space.is_healing)
        keys = self.harvest_keys(path, space, f"Evening at {space.id}")
        credit = consent.get("credit")
        keys["harvesters"] = self.some([self.person("Robin Example" if credit == "named" else f"{CANARY} P")])
        keys["quotes"] = self.quotes()
        self.files[path] = entry({**keys, "consent": consent}, self.body(path, hidden=hidden))

    def harvest_keys(self, path: str, space: _Space, title: str) -> dict[str, Any]:
        stem = path.rpartition("/")[2]
        return {
            "title": title,
            "date": stem[:10],
            "participants": self.one(["", "3", "12"]),
            "practices": self.mentions(title),
            "principles": self.principles(title),
            "approaches": self.some(["safe-space"]),
            "outputs": self.some(self.outputs),
            "reflections": self.one([{}, {"what-surprised-us": f"The quiet at {title}."}]),
            "aliases": self.some([f"spaces/{space.id}/{stem[:4]}-old"]),
        }

    def quotes(self) -> list[object]:
        """Quotes that are shown beside some that are not."""
        shown = {"text": "I was heard.", "consent": {"level": "public", "given": GIVEN}}
        held = {"text": f"{CANARY} said so.", "name": f"{CANARY} Person"}
        return self.some([shown, held])

    def add_practice(self, path: str, space: _Space | None) -> None:
        healing = space is not None and space.is_healing
        consent = self.consent(must=healing)
        hidden = self.is_summary(consent, healing=healing) or (space is not None and space.is_summary)
        name = path.rpartition("/")[2].removesuffix(".md")
        keys = self.practice_keys(name.replace("-", " ").capitalize())
        keys["aliases"] = self.some([f"old-{name}"])
        self.files[path] = entry({**keys, "consent": consent}, self.body(path, hidden=hidden))
        self.practices.append(name)

    def practice_keys(self, title: str) -> dict[str, Any]:
        return {
            "title": title,
            "summary": f"{title}, in a word.",
            "time": self.one(["", "10-20 minutes"]),
            "roles": self.some(["facilitator", "harvester"]),
            "principles": self.some(["curiosity-over-judgement", "shared-ownership"]),
            "approaches": self.some(["safe-space"]),
            "related": self.some(self.practices),
        }

    def add_output(self, path: str, space: _Space | None) -> None:
        healing = space is not None and space.is_healing
        consent = self.consent(must=healing)
        hidden = self.is_summary(consent, healing=healing) or (space is not None and space.is_summary)
        name = path.rpartition("/")[2].removesuffix(".md")
        keys = self.output_keys(name.replace("-", " ").capitalize())
        self.files[path] = entry({**keys, "consent": consent}, self.body(path, hidden=hidden))
        self.outputs.append(name)

    def output_keys(self, title: str) -> dict[str, Any]:
        return {
            "title": title,
            "kind": self.one(["tool", "policy-change"]),
            "summary": f"{title}, to hold in a hand.",
            "practices": self.some(self.practices),
            "used_by": self.some([{"who": f"A reader of {title}", "how": "On paper", "date": "2024"}]),
        }

    def body(self, path: str, *, hidden: bool = False) -> str:
        """Write a text, perhaps with a picture; all of it canaries where it is not to be shown."""
        if hidden:
            return f"{CANARY} was here, with {self.linked_words()}"
        parts = [self.linked_words()]
        for name in self.some(sorted(OPEN_PICTURES)) if has_place_for_pictures(path) else []:
            self.files[f"{path.rpartition('/')[0]}/{name}"] = OPEN_PICTURES[name]
            parts.append(f"![The room]({name})")
        return "\n\n".join(parts)

    def linked_words(self) -> str:
        """A few words with links to what is open."""
        known = [f"[[practice:{name}]]" for name in self.practices]
        known += [f"[[output:{name}]]" for name in self.outputs]
        known += [f"[[space:{space.id}|a circle]]" for space in self.spaces]
        found = self.some([*known, "[[principle:shared-ownership]]", "## What we tried"])
        return "\n\n".join(["We met.", *found])


class _Holder:
    """Adds one thing to a library that is held."""

    def __init__(self, library: _Library, what: str, how: str) -> None:
        self.library = library
        self.what, _, within = what.removeprefix("shelf-").partition("-")
        self.is_within = bool(within)
        self.on_shelf = what.startswith("shelf-")
        self.how = how
        self.level = "members" if library.members and library.maybe() else "public"

    def hold(self, *, linked: bool) -> dict[str, str]:
        """Add the thing; give the texts that take the place of its files where it never was."""
        before = set(self.library.files)
        if self.what == "quote":
            return self._hold_quote()
        if self.what == "picture":
            return self._hold_picture(linked=linked)
        if self.what == "space":
            space = self._add_space(self.how)
            path, name, gone = space.path, f"space:{space.id}", set(self.library.files) - before
        else:
            space = self._place()
            path, name = self._write(self.what, space, "open" if self.is_within else self.how)
            gone = {path}
        if self.how == "listed":
            listed = f"space:{space.id}" if self.is_within else name
            self.library.files["spaces/withdrawn.txt"] = f"{listed}  # {YESTERDAY}\n"
        if linked:
            self._link(name, path)
        return dict.fromkeys(gone, "")

    # The ways.

    def _keys(self, how: str, *, healing: bool) -> dict[str, Any]:
        """Give the keys that hold a thing in one way; `open` does not."""
        consent: dict[str, str] = {"level": self.level, "given": GIVEN}
        if how == "silence":
            return {}
        if how in {"withheld", "members"}:
            consent["level"] = how
        elif how == "no-day":
            del consent["given"]
        elif how == "tomorrow":
            consent["given"] = TOMORROW
        elif how == "passed":
            consent["until"] = YESTERDAY
        elif how == "two-years":
            consent["given"] = TWO_YEARS_AGO
        if how == "withdrawn":
            marks = ["none", "note"] if healing and self.what == "space" else ["none"]
            days = [str(TODAY), "2021-01-01"]
            found = {"withdrawn": self.library.one(days), "tombstone": self.library.one(marks)}
            return {"consent": consent, **found}
        if self.library.maybe():
            consent |= {"share": "full", "credit": "named"}
        return {"consent": consent}

    def _type(self) -> str:
        """Choose the kind of space: some ways of being held are of communities of healing alone."""
        healing_alone = self.how == "two-years" or (
            self.how == "silence" and (self.is_within or self.what in {"space", "practice", "output"})
        )
        return HEALING if healing_alone else self.library.one(TYPES)

    # The things.

    def _place(self) -> _Space:
        """Give the space for an entry: a held one, or a new one that is open and fits."""
        if self.is_within:
            return self._add_space(self.how, filled=False)
        space = _Space(id="meadow", type=self._type(), has_folder=True)
        if not self.on_shelf:
            keys = {"consent": {"level": "public", "given": GIVEN, "share": "full"}}
            self.library.files[space.path] = entry(
                {"title": "Meadow", "type": space.type, "host": "Mill Street Centre", **keys}, "We met."
            )
        return space

    def _add_space(self, how: str, *, filled: bool = True) -> _Space:
        library = self.library
        is_alone = filled and library.maybe()
        space = _Space(id=f"{CANARY}-space", type=self._type(), has_folder=not is_alone)
        own = library.space_keys(space, CANARY, named=True)
        own["facilitators"] = [library.person(f"{CANARY} Person")]
        own["initiative"] = library.one(["Tide", f"{CANARY} initiative"])
        own["practices"] = self._brought_in(own["practices"])
        own["aliases"] = library.some([f"{CANARY}-alias", *(s.id for s in library.spaces)])
        keys = self._keys(how, healing=space.is_healing)
        library.files[space.path] = entry({**own, **keys}, self._body(space.path))
        if filled and space.has_folder:
            for what in library.some(["harvest", "practice", "output"]):
                self._write(what, space, "open")
        return space

    def _write(self, what: str, space: _Space, how: str) -> tuple[str, str]:
        """Write one entry full of canaries; give its path and its name."""
        library = self.library
        folder = {"harvest": "harvests", "practice": "practices", "output": "outputs"}[what]
        stem = self._stem(what, how)
        path = f"spaces/{folder}/{stem}.md" if self.on_shelf else f"spaces/{space.id}/{folder}/{stem}.md"
        if what == "harvest":
            own = self._harvest(path, space)
        elif what == "practice":
            own = library.practice_keys(f"{CANARY} practice") | {"aliases": self._aliases()}
        else:
            own = library.output_keys(f"{CANARY} output") | {"aliases": self._aliases()}
        own["content_note"] = f"{CANARY} is hard to read."
        healing = space.is_healing and not self.on_shelf
        keys = self._keys(how, healing=healing)
        library.files[path] = entry({**own, **keys}, self._body(path))
        return path, f"{what}:{space.id}/{stem}" if what == "harvest" else f"{what}:{stem}"

    def _stem(self, what: str, how: str) -> str:
        """Choose a file name; a write-up that is held may lie beside a first mention that is not."""
        if what == "harvest":
            return f"{self.library.one(['2020', '2022', '2025'])}-05-05-{CANARY}-note"
        shared = [title.casefold().replace(" ", "-") for title in self.library.firsts]
        if what == "practice" and how not in {"withdrawn", "listed"} and shared and self.library.maybe():
            return self.library.one(shared)
        return f"{CANARY}-{what}"

    def _harvest(self, path: str, space: _Space) -> dict[str, Any]:
        own = self.library.harvest_keys(path, space, f"{CANARY} evening")
        own["practices"] = self._brought_in(own["practices"])
        own["outputs"] = [
            *own["outputs"],
            {"title": f"{CANARY} card", "kind": "tool", "summary": f"{CANARY} folded."},
        ]
        own["harvesters"] = [self.library.person(f"{CANARY} Person")]
        consent = {"level": "public", "given": GIVEN, "credit": "named"}
        own["quotes"] = [{"text": f"{CANARY} spoke.", "name": f"{CANARY} Person", "consent": consent}]
        own["aliases"] = self._aliases()
        return own

    def _brought_in(self, practices: list[object]) -> list[object]:
        """Add a first mention: of what nobody else knows, or of what somebody open brings in too."""
        known = {item["title"] for item in practices if isinstance(item, dict) and "title" in item}
        titles = [f"{CANARY} walk", *self.library.firsts]
        found = [title for title in self.library.some(titles) if title not in known]
        return [*practices, *({"title": title, "summary": f"{CANARY} walked."} for title in found)]

    def _aliases(self) -> list[str]:
        return self.library.some([f"{CANARY}-alias", "practices/check-in", "spaces/riverside"])

    def _body(self, path: str) -> str:
        name = self.library.one(sorted(HELD_PICTURES))
        words = f"{CANARY} told us.\n\n{self.library.linked_words()}"
        if not has_place_for_pictures(path):
            return words
        self.library.files[f"{path.rpartition('/')[0]}/{name}"] = HELD_PICTURES[name]
        return f"{words}\n\n![{CANARY} in a picture]({name})"

    # A quote and a picture.

    def _hold_quote(self) -> dict[str, str]:
        """Add an open note with a quote that is held, among others that are not."""
        space = self._place()
        path = f"spaces/{space.id}/harvests/2024-06-01-morning.md"
        own = self.library.harvest_keys(path, space, "Morning")
        share = "summary" if self.how == "summary" else "full"
        own["consent"] = {"level": self.level, "given": GIVEN, "share": share}
        text = f"{CANARY} is what I said."
        held: dict[str, object] = {"text": text, **self.library.person(f"{CANARY} Person")}
        how = "open" if self.how in {"summary", "changed-words"} else self.how
        held |= self._keys(how, healing=space.is_healing)
        if self.how == "changed-words":
            held["consent"] = {"level": "public", "given": GIVEN, "wording": wording_of("Other words.")}
        shown = {"text": "I was heard.", "consent": {"level": "public", "given": GIVEN}}
        before, after = self.library.some([shown]), self.library.some([{**shown, "text": "So was I."}])
        written = {**own, "quotes": [*before, held, *after]}
        without = {**own, "quotes": [*before, None, *after] if before or after else []}
        self.library.files[path] = entry(written, "We met.")
        return {path: entry(without, "We met.") if before or after else self._no_quotes(own)}

    def _no_quotes(self, own: Keys) -> str:
        """Write a note whose only quote is gone, and its lines with comments in their place."""
        return entry({**own, "quotes": []}, "We met.").replace("\n#\n", "\n#\n#\n")

    def _hold_picture(self, *, linked: bool) -> dict[str, str]:
        """Add a picture that nothing shows which is shown."""
        name = self.library.one(sorted(HELD_PICTURES))
        if self.how == "within-a-held-space":
            self.what, self.how = "space", "withheld"
            space = self._add_space("withheld", filled=False)
        else:
            space = self._place()
        path = f"spaces/{space.id}/harvests/{name}"
        shows = f"![{CANARY} in a picture]({name})"
        held_or_short = {"level": "withheld" if self.how == "in-a-held-note" else "public", "given": GIVEN}
        note = {"title": "Noon", "date": "2024-06-02", "consent": {**held_or_short, "share": "summary"}}
        if self.how in {"in-a-held-note", "in-a-summary"}:
            self.library.files[f"spaces/{space.id}/harvests/2024-06-02-noon.md"] = entry(note, shows)
        if linked:
            self._show(space, name)
        self.library.files[path] = HELD_PICTURES[name]
        return {path: ""}

    # Links from what is open.

    def _show(self, space: _Space, name: str) -> None:
        """Let an open note of another space show a picture."""
        self._open_note(f"![The room](../../{space.id}/harvests/{name})", {})

    def _link(self, name: str, path: str) -> None:
        """Let something open name the thing: in its front matter or in its text."""
        kind, _, found = name.partition(":")
        as_file = "../../" + path.removeprefix("spaces/")
        text = self.library.one([f"[[{name}]]", f"[[{name}|that]]", f"See [that]({as_file}).", ""])
        keys: dict[str, Any] = {}
        if kind in {"practice", "output"} and self.library.maybe():
            keys[f"{kind}s"] = [found]
        self._open_note(text, keys, parent=found if kind == "space" and self.library.maybe() else "")

    def _open_note(self, text: str, keys: Keys, parent: str = "") -> None:
        """Write an open note, in an open space of its own."""
        space = {"title": "Garden", "type": TYPES[1], "host": "Mill Street Centre", "parent": parent}
        self.library.files["spaces/garden/space.md"] = entry(space)
        note = {"title": "At the gate", "date": "2024-07-01", "consent": {"level": "public", "given": GIVEN}}
        path = "spaces/garden/harvests/2024-07-01-at-the-gate.md"
        self.library.files[path] = entry({**note, **keys}, text)
