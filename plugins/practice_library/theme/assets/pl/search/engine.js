// The search: opens the index of this site and answers. What it is asked and answers is told at `ask`.
import { concepts, isQuestion, nearest } from "./query.js";
import { passage, wanted } from "./passage.js";
import { kindOf, rarity, scored } from "./rank.js";
import { Store } from "./store.js";
import { tokens } from "./words.js";

const PAGE = { small: 20, large: 10 }; // results at a time, whose texts are looked into for the order of the first ones
const PAGE_TYPING = 8;
const RUN = 0.5; // what telling the whole query in one run adds to a score, as a share of it
const SAME_NAME = 2; // how much sooner comes what is named just as was typed
const MOST_NEAR = 6;

/** Open the index of the site that this module belongs to. */
export async function open() {
  const store = new Store(new URL("../../../search/", import.meta.url));
  await store.open();
  return new Engine(store);
}

class Engine {
  constructor(store) {
    this.store = store;
    this.facets = store.index.facets;
    this.total = store.index.total;
    this.small = store.small;
    this.page = this.small ? PAGE.small : PAGE.large;
    this.labels = Object.fromEntries(
      this.facets.map(({ id, values }) => [id, Object.fromEntries(values.map((value) => [value.id, value.label]))]),
    );
  }

  /** Fetch all files of the index, so that it answers without a network. */
  fetchAll() {
    return this.store.all();
  }

  /**
   * Answer a query.
   *
   * @param text what was typed; nothing for everything, in the order of browsing.
   * @param filters values by facet: any of a facet's, and one of every facet named.
   * @param first the place of the first result wanted.
   * @param count how many; a page of them, unless said.
   * @param typing whether the last word may be unfinished.
   */
  async ask({ text = "", filters = {}, first = 0, count = this.page, typing = false } = {}) {
    const catalogue = await this.store.catalogue();
    const query = await concepts(text, this.store, typing);
    const { scores, all } = scored(query, catalogue, isQuestion(text));
    const narrowed = narrow(scores, catalogue.facets, filters);
    const order = ordered(scores, narrowed.results);
    const looked = wanted(query, (form) => rarity(form.documents, catalogue.total));
    const results = await this.#results(order, scores, looked, query, { first, count, typing });
    const answer = {
      total: order.length,
      results,
      counts: narrowed.counts,
      corrected: corrections(query),
      most: Boolean(query.concepts.length) && !all && order.length > 0,
      near: [],
      loosen: [],
    };
    // For the slips to come; nobody waits for it.
    this.store.dictionary().catch(() => {});
    if (!order.length) {
      answer.loosen = loosened(scores, catalogue.facets, filters);
      if (!answer.loosen.length) answer.near = await this.#near(query);
    }
    return answer;
  }

  async #results(order, scores, looked, query, { first, count, typing }) {
    const top = order.slice(0, query.told.length ? (typing ? PAGE_TYPING : this.page) : 0);
    const wantedNumbers = [...new Set([...(first < top.length ? top : []), ...order.slice(first, first + count)])];
    const shown = await this.store.shown(wantedNumbers);
    const passages = new Map(wantedNumbers.map((number) => [number, passage(shown.get(number), looked)]));
    const kept = first < top.length ? reordered(top, scores, shown, passages, query) : top;
    const page = [...kept, ...order.slice(top.length)].slice(first, first + count);
    return page.map((number) => this.#result(shown.get(number), passages.get(number)));
  }

  #result(shown, { pieces }) {
    const label = (facet, id) => this.labels[facet]?.[id] ?? id;
    return {
      kind: shown.k,
      kindLabel: this.store.index.names[shown.k] ?? shown.k,
      id: shown.i,
      url: shown.u ?? "",
      title: shown.t,
      language: shown.l ?? "",
      place: shown.p ? { title: shown.p[0], url: shown.p[1] } : null,
      date: shown.d ?? "",
      maturity: shown.m ? { id: shown.m, label: label("maturity", shown.m) } : null,
      note: shown.n ?? "",
      illustrative: Boolean(shown.x),
      facts: shown.f ?? "",
      passage: pieces,
    };
  }

  /** Words of the index near those typed, each of which gives results. */
  async #near({ told }) {
    const dictionary = await this.store.dictionary();
    const found = told.flatMap((word) => nearest(word, dictionary, 3).slice(0, 3));
    found.sort((a, b) => a.distance - b.distance || b.common - a.common);
    return [...new Set(found.map(({ word }) => word))].slice(0, MOST_NEAR);
  }
}

/** The numbers of the results, the best first. */
function ordered(scores, results) {
  return results.sort((a, b) => scores[b] - scores[a] || a - b);
}

/** The first results, with what tells the query in one run, or bears it as its name, further up. */
function reordered(top, scores, shown, passages, { all }) {
  const name = all.join("");
  const worth = new Map(
    top.map((number) => {
      const same = tokens(shown.get(number).t).join("") === name;
      return [number, scores[number] * (1 + RUN * passages.get(number).run) * (same ? SAME_NAME : 1)];
    }),
  );
  return [...top].sort((a, b) => worth.get(b) - worth.get(a) || a - b);
}

/** What was taken for a slip of the pen, and what for. */
function corrections({ concepts: found, others }) {
  const names = others.flatMap(({ corrected }) => corrected ?? []);
  const told = [...new Map(names.map((name) => [name.from, name])).values()];
  const words = found.flatMap(({ word, alternatives }) => {
    const best = alternatives[0];
    return best?.corrected ? [{ from: word, to: best.word }] : [];
  });
  return [...told, ...words];
}

// Facets.

/** For each document, which facets with a filter it fails: a bit each. */
function failures(facets, filters, total) {
  const failed = new Uint32Array(total);
  facets.forEach((facet, place) => {
    const chosen = chosenIn(facet, filters);
    if (!chosen) return;
    for (let n = 0; n < total; n++) {
      let has = false;
      for (let v = facet.from[n]; v < facet.from[n + 1]; v++) has ||= chosen.has(facet.values[v]);
      if (!has) failed[n] |= 1 << place;
    }
  });
  return failed;
}

/** The numbers of the values chosen in a facet; a value that no document has lets nothing through. */
function chosenIn(facet, filters) {
  const ids = filters[facet.id] ?? [];
  return ids.length ? new Set(ids.map((id) => facet.ids.indexOf(id))) : undefined;
}

/** The results under the filters, and for each value of each facet how many results choosing it gives. */
function narrow(scores, facets, filters) {
  const failed = failures(facets, filters, scores.length);
  const results = [];
  for (let n = 0; n < scores.length; n++) if (scores[n] && !failed[n]) results.push(n);
  const counts = {};
  facets.forEach((facet, place) => {
    const chosen = chosenIn(facet, filters);
    const others = ~(1 << place);
    const added = new Uint32Array(facet.ids.length);
    const carried = new Uint32Array(facet.ids.length);
    for (let n = 0; n < scores.length; n++) {
      if (!scores[n] || failed[n] & others) continue;
      const into = chosen && !(failed[n] & (1 << place)) ? carried : added;
      for (let v = facet.from[n]; v < facet.from[n + 1]; v++) into[facet.values[v]]++;
    }
    counts[facet.id] = Object.fromEntries(
      facet.ids.map((id, v) => [id, !chosen ? added[v] : chosen.has(v) ? carried[v] : results.length + added[v]]),
    );
  });
  return { results, counts };
}

/** What leaving out the filter of one facet, or of all, would give; the most first. */
function loosened(scores, facets, filters) {
  const named = facets.filter((facet) => chosenIn(facet, filters));
  const without = (id) => Object.fromEntries(Object.entries(filters).filter(([other]) => other !== id));
  const found = named.map(({ id }) => ({
    facet: id,
    value: null,
    total: narrow(scores, facets, without(id)).results.length,
  }));
  const kept = found.filter(({ total }) => total).sort((a, b) => b.total - a.total);
  if (kept.length || named.length < 2) return kept;
  const total = narrow(scores, facets, {}).results.length;
  return total ? [{ facet: null, value: null, total }] : [];
}

export { kindOf };
