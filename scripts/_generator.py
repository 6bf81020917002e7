"""Libraries of any size, in the shape of a real one, from a seed.

In: how many notes, and a seed. Out: entries as `{path: text}` below a content folder, or written there. Each
entry hangs on its own number and the seed alone, and every word is drawn or put together here. The lengths
of texts are those of 117 notes of real gatherings and 146 written-up practices that were once counted. Called
by `bench` and by tests; needs nothing but the standard library.
"""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Final

QUANTILES: Final = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0)
NOTE_WORDS: Final = (85, 145, 217, 453, 701, 1105, 1454, 1974)
"""Words of a note of a gathering, at each of `QUANTILES`."""
PRACTICE_WORDS: Final = (42, 258, 307, 590, 966, 1401, 1824, 2633)
"""Words of a practice, at each of `QUANTILES`."""
WORDS_PER_HEADING: Final = 70
LISTED: Final = 0.4
"""The share of paragraphs that are lists."""
LINKED: Final = 0.12
"""The share of paragraphs that link to a practice, a principle or another site."""
NOTES_PER_PRACTICE: Final = 10
NOTES_PER_OUTPUT: Final = 40
NOTES_PER_SPACE: Final = 60
SPACES_PER_FRENCH: Final = 10
"""One space in so many writes in French."""
SPACES_PER_HELD: Final = 25
"""One space in so many is held, with all that lies in it."""
NAMED_PER_HELD: Final = 40
"""One practice or output in so many is held."""
RARE_WORDS: Final = 6000
"""How many words a language has beside its common ones; a real community uses about as many."""

TYPES: Final = (
    "social-innovation-lab",
    "community-of-learning",
    "community-of-practice",
    "community-of-healing",
)
PRINCIPLES: Final = (
    "shared-ownership",
    "curiosity-over-judgement",
    "collaborative-collective",
    "safe-respected-supported",
    "diverse-perspectives",
    "asset-based-mindset",
    "practice-based-research",
    "conversations-to-action",
)
APPROACHES: Final = ("trauma-informed", "ethical-space", "safe-space", "brave-space")
ROLES: Final = ("host", "facilitator", "harvester", "knowledge-mobiliser", "participant")
QUESTIONS: Final = (
    "meaningful-activities",
    "stories-shared",
    "insights-gained",
    "connections-built",
    "information-accessed",
    "difference-made",
    "growth",
    "what-matters",
)
OUTPUT_KINDS: Final = ("tool", "process", "framework", "guide", "training", "policy-change")
TIMES: Final = ("10 minutes", "30 minutes", "45-60 minutes", "2 hours", "1 day")
GROUPS: Final = ("2-4", "4-8", "6-15", "8-30", "20-60")
RELATIONS: Final = ("worked", "worked", "worked", "worked", "adapted", "adapted", "did-not-work")

_COMMON: Final = {
    "en": """the and of to a we in that it was for they with on one at as what people by this who had is not
        each other an from when group table circle then their were question round room time share learn
        how listen story practice note meeting began some more work could together trust asked before week
        found morning need again small first two silence words helped idea change think community host
        paper draw card open close talk next tried told knew walk made space voice plan hour quiet ready
        begin end care goal map light door window tea bread garden river path stone bridge hand wall board
        pencil chair song""",
    "fr": """de la le et les nous à un que en une des dans pour qui ce pas sur est on avec au plus par ils ont
        mais chacun elle était tout cercle parole groupe table question tour salle temps écoute récit
        partage pratique cahier rencontre matin semaine ensemble confiance besoin petit deux silence mots
        idée communauté hôte papier carte ouvrir fermer parler essai chemin projet heure calme début fin
        soin but lumière porte fenêtre thé pain jardin rivière pierre pont main mur tableau crayon chaise
        chanson apprendre demande premier""",
}
_SYLLABLES: Final = {
    "en": """ba cor den el fin gar hol im jun kel lor mas nor ost pel qua rin sel tor und ver wil yar
        zen""".split(),
    "fr": """beau cou dé ette fré gué lou ment né oise pré quin rai sou té ure vé illa cha bre mai
        nou""".split(),
}
NOTES_PER_ROUND: Final = 40
_CONSENTS: Final = {
    7: ("withheld", ""),
    11: ("public", ", share: summary"),
    15: ("members", ""),
    23: ("public", ", until: 2026-04-01"),
    31: ("members", ""),
    39: ("withheld", ""),
}
"""How far the notes of a round are open that are not open to all."""


def words_at(share: float, counts: Sequence[int]) -> int:
    """Give a length at a share of the lengths counted, between two quantiles in a straight line."""
    above = min(bisect(QUANTILES, share), len(QUANTILES) - 1)
    low, high = QUANTILES[above - 1], QUANTILES[above]
    return round(counts[above - 1] + (counts[above] - counts[above - 1]) * (share - low) / (high - low))


def coined(number: int, language: str = "en") -> str:
    """Put a word together that no other number has."""
    parts = _SYLLABLES[language]
    word = parts[number % len(parts)]
    while number := number // len(parts):
        word = parts[number % len(parts)] + word
    return word


class Speech:
    """Words of one language, drawn as in any language: the n-th most common about 1/n as often."""

    def __init__(self, language: str) -> None:
        self._common = _COMMON[language].split()
        scattered = (625 + number * 7919 % 15000 for number in range(RARE_WORDS))
        self._words = self._common + [coined(number, language) for number in scattered]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))

    def words(self, rng: random.Random, count: int) -> list[str]:
        """Draw words."""
        return rng.choices(self._words, cum_weights=self._weights, k=count)

    def title(self, rng: random.Random, count: int, last: str = "") -> str:
        """Draw a title of common words, with a last one that makes it the only one of its name."""
        chosen = rng.sample(self._common[20:], count)
        return " ".join([*chosen, *filter(None, [last])]).capitalize()

    def sentence(self, rng: random.Random, count: int) -> str:
        """Draw one sentence."""
        words = self.words(rng, count)
        return " ".join(words).capitalize() + "."

    def sentences(self, rng: random.Random, count: int) -> str:
        """Draw sentences of `count` words in all."""
        told = []
        while count > 0:
            length = min(count, rng.randint(7, 22))
            told.append(self.sentence(rng, length))
            count -= length
        return " ".join(told)


@dataclass(frozen=True)
class _Space:
    number: int
    id: str
    type: str
    language: str
    open: bool


@dataclass(frozen=True)
class _Named:
    id: str
    title: str
    space: _Space
    open: bool


@dataclass
class Generator:
    """One library: the spaces, practices and outputs that its notes speak of, and all its entries."""

    notes: int
    """How many notes of gatherings; the other entries go with them."""
    seed: str = "practice-library"
    _speech: dict[str, Speech] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._speech = {language: Speech(language) for language in _COMMON}
        self._spaces = [self._space(number) for number in range(max(4, self.notes // NOTES_PER_SPACE))]
        self._shares = list(accumulate(1 / (rank + 5) for rank in range(len(self._spaces))))
        self._practices = [
            self._named("practice", n) for n in range(max(4, self.notes // NOTES_PER_PRACTICE))
        ]
        self._outputs = [self._named("output", n) for n in range(max(2, self.notes // NOTES_PER_OUTPUT))]
        self._spoken_of = [practice for practice in self._practices if practice.open]
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self._spoken_of))))
        self._made = [output for output in self._outputs if output.open]

    def entries(self) -> Iterator[tuple[str, str]]:
        """Go through every entry: its path below the content folder, and its text."""
        for space in self._spaces:
            yield f"{space.id}/space.md", self._space_text(space)
        for number, practice in enumerate(self._practices):
            path = f"{practice.space.id}/practices/{practice.id}.md"
            yield path, self._practice_text(number, practice)
        for number, output in enumerate(self._outputs):
            yield f"{output.space.id}/outputs/{output.id}.md", self._output_text(number, output)
        for number in range(self.notes):
            yield self._note(number)

    def write(self, folder: Path) -> list[Path]:
        """Write every entry; give the paths of all, notes last."""
        written = []
        for name, text in self.entries():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
        return written

    def _rng(self, kind: str, number: int) -> random.Random:
        return random.Random(f"{self.seed}/{kind}/{number}")  # noqa: S311 - the same each time is the point

    # What there is to speak of.

    def _space(self, number: int) -> _Space:
        rng = self._rng("space", number)
        language = "en" if (number + 7) % SPACES_PER_FRENCH else "fr"
        title = self._speech["en"].title(rng, 2, coined(number))
        shown = (number + 1) % SPACES_PER_HELD > 0
        return _Space(number, title.lower().replace(" ", "-"), TYPES[number % 4], language, shown)

    def _named(self, kind: str, number: int) -> _Named:
        rng = self._rng(kind, number)
        space = self._any_space(rng)
        title = self._speech["en"].title(rng, 2, coined(number))
        return _Named(
            title.lower().replace(" ", "-"), title, space, space.open and (number + 1) % NAMED_PER_HELD > 0
        )

    def _any_space(self, rng: random.Random) -> _Space:
        return rng.choices(self._spaces, cum_weights=self._shares, k=1)[0]

    def _any_practices(self, rng: random.Random, count: int) -> list[_Named]:
        """Draw practices, a few of them far more often than most."""
        drawn = rng.choices(self._spoken_of, cum_weights=self._weights, k=count)
        return list({practice.id: practice for practice in drawn}.values())

    # The entries.

    def _space_text(self, space: _Space) -> str:
        rng, speech = self._rng("space-text", space.number), self._speech[space.language]
        lines = [
            f"title: {space.id.replace('-', ' ').capitalize()}",
            f"type: {space.type}",
            f"host: Example host {coined(space.number // 2)}",
            f"purpose: {speech.sentence(rng, 18)}",
            f"started: {2008 + space.number % 12}",
            f"region: Region {coined(space.number % 9)}",
            f"principles: [{', '.join(rng.sample(PRINCIPLES, 3))}]",
            f"approaches: [{rng.choice(APPROACHES)}]",
            f"practices: [{', '.join(p.id for p in self._any_practices(rng, 6))}]",
        ]
        if space.number % 3 == 0:
            lines.append(f"initiative: Initiative {coined(space.number // 6)}")
        level = "public" if space.open else "withheld"
        return self._entry(lines, space.language, self._consent(level), self._body(rng, space.language, 200))

    def _practice_text(self, number: int, practice: _Named) -> str:
        rng, language = self._rng("practice-text", number), practice.space.language
        speech = self._speech[language]
        others = [other.id for other in self._any_practices(rng, 2) if other.id != practice.id]
        lines = [
            f"title: {practice.title}",
            f"summary: {speech.sentence(rng, 16)}",
            f"purpose: {speech.sentence(rng, 14)}",
            f"time: {rng.choice(TIMES)}",
            f'group_size: "{rng.choice(GROUPS)}"',
            f"roles: [{', '.join(rng.sample(ROLES, 2))}]",
            f"principles: [{', '.join(rng.sample(PRINCIPLES, 2))}]",
            f"approaches: [{rng.choice(APPROACHES)}]",
            "watch_for:",
            *(f"  - {speech.sentence(rng, 12)}" for _ in range(2)),
            f"related: [{', '.join(others)}]",
        ]
        length = words_at(rng.random(), PRACTICE_WORDS)
        consent = self._consent("public" if practice.open else "withheld")
        return self._entry(lines, language, consent, self._body(rng, language, length))

    def _output_text(self, number: int, output: _Named) -> str:
        rng, language = self._rng("output-text", number), output.space.language
        speech = self._speech[language]
        lines = [
            f"title: {output.title}",
            f"kind: {rng.choice(OUTPUT_KINDS)}",
            f"summary: {speech.sentence(rng, 18)}",
            f"practices: [{', '.join(p.id for p in self._any_practices(rng, 2))}]",
            "used_by:",
            f"  - {{who: An example office, how: {speech.sentence(rng, 9)}, date: 2024-05}}",
        ]
        consent = self._consent("public" if output.open else "withheld")
        return self._entry(lines, language, consent, self._body(rng, language, 220))

    def _note(self, number: int) -> tuple[str, str]:
        rng = self._rng("note", number)
        space = self._any_space(rng)
        speech = self._speech[space.language]
        day = f"{2010 + rng.randrange(16)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        title = speech.title(rng, 4, coined(number))
        lines = [
            f"title: {title}",
            f"date: {day}",
            f"harvesters: [{{role: {rng.choice(('Harvester', 'Host', 'Facilitator'))}}}]",
            f"participants: {rng.randint(3, 40)}",
            "practices:",
            *self._mentions(rng, speech),
            f"principles: [{', '.join(rng.sample(PRINCIPLES, 2))}]",
            "reflections:",
            *(f"  {question}: {speech.sentence(rng, 24)}" for question in rng.sample(QUESTIONS, 2)),
            *self._quotes(rng, speech),
        ]
        if self._made and number % 6 == 0:
            lines.append(f"outputs: [{rng.choice(self._made).id}]")
        level, more = self._note_consent(number)
        body = self._body(rng, space.language, words_at(rng.random(), NOTE_WORDS))
        text = self._entry(lines, space.language, [*self._consent(level, more)], body)
        return f"{space.id}/harvests/{day}-{coined(number)}.md", text

    def _mentions(self, rng: random.Random, speech: Speech) -> Iterator[str]:
        for practice in self._any_practices(rng, rng.randint(1, 4)):
            relation = rng.choice(RELATIONS)
            if relation == "worked":
                yield f"  - {practice.id}"
            else:
                note = speech.sentence(rng, 14)
                yield f"  - {{id: {practice.id}, relation: {relation}, note: {note}}}"

    def _quotes(self, rng: random.Random, speech: Speech) -> list[str]:
        """Write up to three quotes; one in four is not to be shown."""
        count = rng.randint(0, 3)
        told = []
        for _ in range(count):
            level = rng.choice(("public", "public", "public", "withheld"))
            consent = f"{{level: {level}, given: 2026-03-01, by: person, credit: role}}"
            told.append(f'  - {{text: "{speech.sentence(rng, 16)}", role: Participant, consent: {consent}}}')
        return ["quotes:", *told] if told else []

    @staticmethod
    def _note_consent(number: int) -> tuple[str, str]:
        """Give the level of a note, and what else its consent says: seven in eight are open to all."""
        return _CONSENTS.get(number % NOTES_PER_ROUND, ("public", ""))

    @staticmethod
    def _consent(level: str, more: str = "") -> list[str]:
        return [f"consent: {{level: {level}, given: 2026-03-01, by: group{more}}}"]

    @staticmethod
    def _entry(lines: list[str], language: str, consent: list[str], body: str) -> str:
        spoken = ["language: fr"] if language == "fr" else []
        return "\n".join(["---", *lines, *spoken, *consent, "illustrative: true", "---", body, ""])

    def _body(self, rng: random.Random, language: str, length: int) -> str:
        """Write text in paragraphs and lists, under headings, with links among it."""
        speech, parts, since = self._speech[language], list[str](), 0
        while length > 0:
            if since > WORDS_PER_HEADING:
                parts.append(f"## {speech.title(rng, 3)}")
                since = 0
            count = min(length, rng.randint(15, 60))
            listed = rng.random() < LISTED
            parts.append(self._list(rng, speech, count) if listed else speech.sentences(rng, count))
            if rng.random() < LINKED:
                parts[-1] += f" {self._link(rng, speech)}"
            length -= count
            since += count
        return "\n\n".join(parts)

    @staticmethod
    def _list(rng: random.Random, speech: Speech, count: int) -> str:
        items = max(2, count // 12)
        return "\n".join(f"- {speech.sentence(rng, max(2, count // items))}" for _ in range(items))

    def _link(self, rng: random.Random, speech: Speech) -> str:
        words = " ".join(speech.words(rng, 3))
        return rng.choice(
            (
                f"[[{self._any_practices(rng, 1)[0].id}]]",
                f"[[principle:{rng.choice(PRINCIPLES)}|{words}]]",
                f"[{words}](https://example.org/{rng.randrange(1000)}/)",
                f"**{words}**",
            )
        )
