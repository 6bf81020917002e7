"""How text becomes the words that are searched: the same on the index's side as in the browser.

In: a text. Out: its words, folded (case, accents, apostrophes, zero-width characters), with hyphenated words
also as one. `theme/assets/pl/search/words.js` does the same to what a reader types, and a
test holds the two together. Called by `related` and `postings`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import snowballstemmer

STEMMED: Final = ("en", "fr")
"""Languages whose words are brought to their stem."""
_MAX_WORD: Final = 40
"""Characters of a word that tell it from others; longer ones are no words."""

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ł": "l"})
_APOSTROPHES: Final = "'\u2019\u02bc\u2018`\u00b4\u02b9\u2032"
"""Typewriter's, curly, of letters (as in Mi\u02bckmaw), and what is typed for them."""
_ELISION: Final = re.compile(rf"\b(?:[ldjmnstc]|qu|lorsqu|puisqu|jusqu|quoiqu)[{_APOSTROPHES}](?=\w\w)")
_DROPPED: Final = re.compile(rf"[{_APOSTROPHES}\u00ad\u200b-\u200f\u2060\ufeff]")
_MARKS: Final = re.compile(r"[\u0300-\u036f]")
_WORD: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_HYPHEN: Final = re.compile(r"[-\u2010\u2011]")

STOP: Final = frozenset(
    """a about after all also am an and any are arent as at be because been before being but by can cant
    could did didnt do does doesnt doing dont down each either else etc ever for from further get gets
    getting give given go goes going got had has hasnt have havent having he her here hers herself him
    himself his how however i if ill im in into is isnt it its itself ive just let lets like many may me
    might more most much my myself no nor not of off on once one only or other others our ours ourselves
    out over own per rather same she should so some such than that thats the their theirs them
    themselves then there these they theyre this those though through to too under until up upon us very
    via was way we well were weve what whats when where whether which while who whom whose why will with
    within without would you your youre yours yourself au aux avec ce cela ces cet cette ceux chaque
    chez comme comment dans de depuis des donc dont du elle elles en encore entre es est et etaient
    etait etant ete etes etre eu eux fait faire il ils je la le les leur leurs lors lui ma mais me meme
    memes mes moi moins mon ne ni nos notre nous on ont ou ou par parce pas pendant peu peut plus pour
    pourquoi pouvoir qu quand que quel quelle quelles quels qui quoi sa sans se sera ses si soi son sont
    sous sur ta te tes toi ton tous tout toute toutes tres trop tu un une va vers vos votre vous y""".split()
)
"""Words that say nothing of what a text is about, folded; they are searched in titles alone."""


def folded(text: str) -> str:
    """Give a text without case, accents, apostrophes and characters of no width."""
    plain = text
    if text.isascii():
        if "'" not in text and "`" not in text:
            return text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
        plain = _MARKS.sub("", decomposed)
    return _DROPPED.sub("", _ELISION.sub("", plain.lower()))


def tokens(text: str) -> list[str]:
    """Give the folded words of a text in order; `check-in` is `check`, `in` and `checkin`."""
    found: list[str] = []
    for whole in _WORD.findall(folded(text)):
        parts = _HYPHEN.split(whole)
        found += [part[:_MAX_WORD] for part in parts]
        if len(parts) > 1:
            found.append("".join(parts)[:_MAX_WORD])
    return found


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Give the stem of a folded word; the word itself in a language without stems."""
    name = language.partition("-")[0]
    if name not in STEMMED:
        return word
    return str(_stemmer("french" if name == "fr" else "english").stemWord(word))


@lru_cache(maxsize=2)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)
