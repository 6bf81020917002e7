// How text becomes the words that are searched: the same as `tokens.py` does on the index's side.
import { stem as english } from "./stem-english.js";
import { stem as french } from "./stem-french.js";

const APOSTROPHES = "'’ʼ‘`´ʹ′";
const LIGATURES = { œ: "oe", æ: "ae", ø: "o", ß: "ss", đ: "d", ł: "l" };
const ELISION = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:[ldjmnstc]|qu|lorsqu|puisqu|jusqu|quoiqu)[${APOSTROPHES}](?=[\\p{L}\\p{N}_]{2})`,
  "gu",
);
const DROPPED = new RegExp(`[${APOSTROPHES}\\u00ad\\u200b-\\u200f\\u2060\\ufeff]`, "gu");
const WORD = /[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu;
const HYPHEN = /[-\u2010\u2011]/u;
const LONGEST = 40;

export function folded(text) {
  const plain = text
    .toLowerCase()
    .replace(/[œæøßđł]/gu, (letter) => LIGATURES[letter])
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/gu, "")
    .toLowerCase();
  return plain.replace(ELISION, "").replace(DROPPED, "");
}

/** The folded words of a text in order; `check-in` is `check`, `in` and `checkin`. */
export function tokens(text) {
  const found = [];
  for (const [whole] of folded(text).matchAll(WORD)) {
    const parts = whole.split(HYPHEN);
    for (const part of parts) found.push(part.slice(0, LONGEST));
    if (parts.length > 1) found.push(parts.join("").slice(0, LONGEST));
  }
  return found;
}

/** Every form under which the index may have a word: its stem in each language that has stems, and itself. */
export function stems(word) {
  return [...new Set([english(word), french(word), word])];
}

const RUN = /[\p{L}\p{N}\p{M}'’ʼ‘`´ʹ′\u00ad\u200b-\u200f\u2060\ufeff]+/gu;

/** The words of a text with their places in it, for passages; the parts of a hyphenated word one by one. */
export function placed(text) {
  const found = [];
  for (const match of text.matchAll(RUN)) {
    const word = folded(match[0]);
    if (word) found.push({ word, start: match.index, end: match.index + match[0].length });
  }
  return found;
}
