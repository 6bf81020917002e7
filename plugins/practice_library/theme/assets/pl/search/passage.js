// Why a result matches: the passage of its text that tells most, and how much of the query it tells in one run.
import { stem as english } from "./stem-english.js";
import { stem as french } from "./stem-french.js";
import { placed } from "./words.js";

const WIDTH = 34; // words of a passage
const BEFORE = 6; // words of it before the first that is marked
const SUMMARY = 1.5; // how much sooner a passage comes from the summary
const COMMON = 0.5; // what a stop word counts in a run

/** What is looked for in texts: stems with their rarity, and the words of the query in order. */
export function wanted(query, rarityOf) {
  const rare = new Map();
  for (const { alternatives } of query.concepts) {
    for (const { names } of alternatives) {
      for (const form of names.flat()) rare.set(form.stem, Math.max(rare.get(form.stem) ?? 0, rarityOf(form)));
    }
  }
  const order = query.all.map((word) => [english(word), french(word)]);
  return { rare, order, first: new Set([...rare.keys(), ...order.flat()].map((stem) => stem.slice(0, 2))) };
}

/** The words of a text with their stems, where they may be ones that are looked for. */
function read(text, language, { first }) {
  const root = language.startsWith("fr") ? french : english;
  return placed(text).map(({ word, start, end }) => ({
    start,
    end,
    stem: first.has(word.slice(0, 2)) ? root(word) : "",
  }));
}

/** The share of a query that a text tells in one run of at least two words, from 0 to 1. */
function run(words, { rare, order }) {
  if (order.length < 2) return 0;
  const worth = order.map((forms) => Math.max(COMMON, ...forms.map((form) => rare.get(form) ?? 0)));
  const whole = worth.reduce((sum, value) => sum + value, 0);
  let best = 0;
  for (let at = 0; at < words.length; at++) {
    for (let from = 0; from < order.length; from++) {
      let length = 0;
      let value = 0;
      while (from + length < order.length && order[from + length].includes(words[at + length]?.stem)) {
        value += worth[from + length++];
      }
      if (length > 1) best = Math.max(best, value / whole);
    }
  }
  return best;
}

/** The window of a text that tells most: where it begins, and how much it tells. */
function window(words, { rare }) {
  let best = { at: 0, worth: 0 };
  const counts = new Map();
  let worth = 0;
  const count = (stem, by) => {
    const value = rare.get(stem);
    if (value === undefined) return;
    const times = (counts.get(stem) ?? 0) + by;
    counts.set(stem, times);
    if (by > 0 && times === 1) worth += value;
    if (by < 0 && times === 0) worth -= value;
    worth += by * 0.05 * value;
  };
  for (let at = 0; at < words.length; at++) {
    count(words[at].stem, 1);
    if (at >= WIDTH) count(words[at - WIDTH].stem, -1);
    if (worth > best.worth + 1e-9) best = { at: Math.max(0, at - WIDTH + 1), worth };
  }
  return best;
}

/** A passage as pieces of text, each marked or not. */
function pieces(text, words, { at }, { rare }) {
  const first = words.findIndex((word, n) => n >= at && rare.has(word.stem));
  const from = first < 0 ? 0 : Math.max(0, first - BEFORE);
  const shown = words.slice(from, from + WIDTH);
  if (!shown.length) return [];
  const start = from ? shown[0].start : 0;
  const last = from + shown.length === words.length ? text.length : shown.at(-1).end;
  const found = from ? [{ text: "… ", marked: false }] : [];
  let here = start;
  for (const word of shown) {
    if (!rare.has(word.stem)) continue;
    if (word.start > here) found.push({ text: text.slice(here, word.start), marked: false });
    found.push({ text: text.slice(word.start, word.end), marked: true });
    here = word.end;
  }
  if (last > here) found.push({ text: text.slice(here, last), marked: false });
  if (last < text.length) found.push({ text: " …", marked: false });
  return found.map((piece) => ({ ...piece, text: piece.text.replace(/\s+/gu, " ") }));
}

/** What a result shows of itself for a query: a passage, and how much of the query it tells in one run. */
export function passage(shown, looked) {
  const language = shown.l ?? "";
  const texts = [shown.s, shown.b].map((text) => ({ text, words: read(text, language, looked) }));
  const title = read(`${shown.t} ${shown.a ?? ""}`, language, looked);
  const windows = texts.map(({ words }) => window(words, looked));
  const summary = windows[0].worth * SUMMARY >= windows[1].worth && shown.s ? 0 : 1;
  const chosen = shown[summary ? "b" : "s"] ? summary : 1 - summary;
  const { text, words } = texts[chosen];
  return {
    pieces: pieces(text, words, windows[chosen], looked),
    run: Math.max(run(title, looked), ...texts.map((told) => run(told.words, looked))),
  };
}
