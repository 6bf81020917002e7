// From what a reader types to what is looked up: concepts, each with the ways in which a text may tell it.
import { fitting } from "./fits.js";
import { folded, stems, tokens } from "./words.js";
import { stem as english } from "./stem-english.js";

const SYNONYM = 0.65; // another name of one word, beside the word itself
const PHRASE = 0.9; // of several words: what is meant is surer
const JOINED = 0.9;
const UNFINISHED = 0.6;
const MOST_UNFINISHED = 8;
const MOST_SLIPS = 3;
const RARE = 2; // documents that have a word which may be a slip of the pen itself
const RARER_BY = 2;

/**
 * A concept is one word that was typed, with its alternatives: `{ names: [posting[], …], weight }`. A text tells
 * an alternative when it has, of each of its words, one of the postings.
 */
export async function concepts(text, store, typing) {
  const catalogue = await store.catalogue();
  const fits = fitting(text, catalogue.facets);
  const words = without(typed(text, catalogue.stop), fits);
  const unfinished = typing && /[\p{L}\p{N}]$/u.test(text) ? words.told.at(-1) : undefined;
  const others = [...synonymsIn(words.all, catalogue), ...(await slipsOfNames(words.told, catalogue, store))];
  const meant = new Set(others.flatMap(({ covered }) => covered));
  const found = await Promise.all(
    words.told.map(async (word) => ({
      word,
      alternatives: await alternatives(word, store, word === unfinished, meant.has(word)),
    })),
  );
  await Promise.all([addJoined(found, words, store), addSynonyms(found, others, store)]);
  return { ...words, concepts: found, others, fits };
}

/** What is left to look for in texts once time and size of the group are looked for in what entries say of them. */
function without({ all, told }, fits) {
  const said = new Set(fits.flatMap(({ words }) => tokens(words)));
  return { all, told: told.filter((word) => !said.has(word)) };
}

/** The words of a query: all of them in order, and those that say what it is about. */
function typed(text, stop) {
  const all = tokens(text);
  const telling = all.filter((word) => !stop.has(word));
  return { all, told: [...new Set(telling.length ? telling : all)] };
}

/** What the index has for a word: the word itself or, where it has nothing and the word is no known one, words near it. */
async function alternatives(word, store, unfinished, meant) {
  const exact = await named(word, store);
  const found = exact.length ? [{ names: [exact], weight: 1 }] : [];
  if (unfinished) found.push(...(await completions(word, store)));
  if (!found.length && !meant) found.push(...(await slips(word, store)));
  if (isRare(exact, word)) found.push(...(await commoner(exact, word, store)));
  return found;
}

/** Whether hardly any document has a word: then it may be a slip of the pen itself, of who wrote it. */
function isRare(exact, word) {
  return exact.length > 0 && word.length > 5 && exact.every(({ documents }) => documents <= RARE);
}

/** Much commoner words near a rare one; they count beside it, for less. */
async function commoner(exact, word, store) {
  const least = Math.max(...exact.map(({ documents }) => bits(documents))) + 2;
  return (await slips(word, store, least)).map((entry) => ({ ...entry, corrected: false }));
}

const bits = (number) => 32 - Math.clz32(number);

/** The postings of a word under each of its forms. */
async function named(word, store) {
  const forms = await Promise.all(stems(word).map((form) => store.postings(form)));
  return forms.filter(Boolean);
}

async function completions(word, store) {
  if (word.length < 2) return [];
  const found = (await store.dictionary())
    .filter((entry) => entry.word.startsWith(word) && entry.word !== word)
    .sort((a, b) => b.common - a.common || a.word.length - b.word.length)
    .slice(0, MOST_UNFINISHED);
  return looked(found.map((entry) => ({ ...entry, weight: UNFINISHED })), store);
}

/** Words that a slip of the pen may have stood for, and longer ones that begin with it. */
async function slips(word, store, least = 0) {
  if (word.length < 3) return [];
  const known = (await store.dictionary()).filter(({ common }) => common >= least);
  const near = nearest(word, known).slice(0, MOST_SLIPS);
  const fuzzy = near.map(({ word: other, distance }) => ({
    word: other,
    weight: 0.7 * (1 - distance / Math.max(word.length, other.length)) ** 2,
    corrected: true,
  }));
  const found = await looked(fuzzy, store);
  return word.length > 3 && !least ? [...found, ...(await completions(word, store))] : found;
}

async function looked(entries, store) {
  const found = await Promise.all(
    entries.map(async (entry) => ({ ...entry, names: [await named(entry.word, store)] })),
  );
  return found.filter(({ names }) => names[0].length);
}

/** Words of the dictionary by how few slips they are away, the commoner first. */
export function nearest(word, dictionary, most = word.length < 6 ? 1 : 2) {
  const found = [];
  for (const entry of dictionary) {
    const away = distance(word, entry.word, most);
    if (away <= most) found.push({ ...entry, distance: away, alike: entry.word[0] === word[0] ? 0 : 1 });
  }
  return found.sort(
    (a, b) => a.distance + a.alike - b.distance - b.alike || b.common - a.common || (a.word < b.word ? -1 : 1),
  );
}

/** Slips between two words: letters left out, added, changed or swapped; above `most` it does not matter how many. */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = same ? last[j - 1] : 1 + Math.min(last[j - 1], last[j], row[j - 1]);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      least = Math.min(least, row[j]);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}

/** Two words next to each other may be written as one: `ice breaker`, `icebreaker`. */
async function addJoined(found, { told }, store) {
  const byWord = new Map(found.map((concept) => [concept.word, concept]));
  await Promise.all(
    told.slice(1).map(async (word, n) => {
      const names = await named(told[n] + word, store);
      if (!names.length) return;
      for (const part of [told[n], word]) byWord.get(part).alternatives.push({ names: [names], weight: JOINED });
    }),
  );
}

/** Other names for what was typed, from the vocabulary; those that many shards would have to be fetched for, not. */
async function addSynonyms(found, others, store) {
  const byWord = new Map(found.map((concept) => [concept.word, concept]));
  const jobs = [];
  for (const { covered, names } of others) {
    const told = covered.map((word) => byWord.get(word)).filter(Boolean);
    const weight = told.length > 1 ? PHRASE : SYNONYM;
    if (told.length) for (const name of names) jobs.push({ told, words: name, weight });
  }
  const fits = await affordable(jobs, store);
  await Promise.all(
    fits.map(async ({ told, words, weight }) => {
      const names = await Promise.all(words.map((word) => named(word, store)));
      if (names.some((forms) => !forms.length)) return;
      for (const concept of told) concept.alternatives.push({ names, weight, cap: RARER_BY });
    }),
  );
}

/** Where the words of a query name something that has other names: the words covered, and the other names. */
function* synonymsIn(all, catalogue) {
  const roots = all.map(english);
  catalogue.named ??= byFirst(catalogue.synonyms);
  for (let start = 0; start < roots.length; start++) {
    for (const { name, group } of catalogue.named.get(roots[start]) ?? []) {
      if (!name.every((root, n) => root === roots[start + n])) continue;
      const [texts, findable] = group;
      const covered = all.slice(start, start + name.length);
      const others = findable.map((n) => texts[n]).filter((other) => other !== covered.join(" "));
      yield {
        covered,
        names: others.map((other) => {
          const told = other.split(" ").filter((word) => !catalogue.stop.has(word));
          return told.length ? told : other.split(" ");
        }),
      };
    }
  }
}

/** Words that neither index nor thesaurus know, but that are a slip away from a name: its other names. */
async function slipsOfNames(told, catalogue, store) {
  const found = [];
  for (const word of told) {
    if (word.length < 5 || catalogue.named.has(english(word)) || (await named(word, store)).length) continue;
    const [near] = nearest(word, namesOf(catalogue));
    if (!near || (await named(near.word, store)).length) continue;
    for (const other of synonymsIn([near.word], catalogue)) {
      found.push({ covered: [word], names: other.names, corrected: { from: word, to: near.word } });
    }
  }
  return found;
}

/** The names of one word that the thesaurus has. */
function namesOf(catalogue) {
  const names = catalogue.synonyms.flatMap(([texts]) => texts.filter((text) => !text.includes(" ")));
  return (catalogue.names ??= [...new Set(names)].map((word) => ({ word, common: 0 })));
}

/** The names of all groups by the stem of their first word. */
function byFirst(groups) {
  const found = new Map();
  for (const group of groups) {
    for (const text of group[0]) {
      const name = text.split(" ").map(english);
      if (!found.has(name[0])) found.set(name[0], []);
      found.get(name[0]).push({ name, group });
    }
  }
  return found;
}

const BUDGET = 20_000; // bytes that may be fetched for the other names of one query, in a large library

/** The names whose postings are here already or together weigh little enough to fetch. */
async function affordable(jobs, store) {
  const { shards, sizes } = await store.catalogue();
  const planned = new Set();
  let left = store.small ? Infinity : BUDGET;
  const fits = [];
  for (const job of jobs) {
    const needed = new Set();
    for (const form of job.words.flatMap(stems)) {
      for (const n of await store.shardsOf(form)) if (!store.kept.has(shards[n][1]) && !planned.has(n)) needed.add(n);
    }
    const cost = [...needed].reduce((sum, n) => sum + sizes[n], 0);
    if (cost > left) continue;
    left -= cost;
    for (const n of needed) planned.add(n);
    fits.push(job);
  }
  return fits;
}

/** Whether a query is put as a question: then practices answer it. */
export function isQuestion(text) {
  return /\?|^\s*(?:how|what|why|when|where|who|which|can|should|do|does|is|are|comment|pourquoi|quand|qui|que|quel(?:le)?s?|quoi|est-ce|où|peut-on|faut-il)(?![\p{L}\p{N}])/iu.test(
    text.normalize("NFC"),
  );
}

export { folded };
