// The finder: what is typed and chosen becomes an address, an answer and what the page shows of it.
// Without this script, or when the index cannot be fetched, the page's own list of everything stays.

import { isAsked, known, readAddress, toggled, writeAddress } from "./finder-address.js";
import { makeFacets } from "./finder-facets.js";
import { ROOT, makeButton, makeResult, makeText } from "./finder-results.js";
import { wordsOf } from "./words.js";

const PAGE = 20;
const PAUSE = 120;
const SETTLED = 700;

const at = (name) => document.getElementById(`pl-finder${name ? `-${name}` : ""}`);
const words = wordsOf("pl-finder-words");
const template = document.getElementById("pl-result");
const field = at("text");

let state = readAddress(location.search);
let engine = null;
let facets = null;
let opening = null;
let showFacets = () => {};
let answer = null;
let asked = 0;
let typing = 0;
let telling = 0;

// --- Asking ---

// What there is to choose from is a small file; the search itself is only fetched for a first question.
function ready() {
  opening ??= fetch(new URL("search/index.json", ROOT), { cache: "no-cache" }).then(async (response) => {
    if (!response.ok) throw new Error(`index.json: ${response.status}`);
    ({ facets } = await response.json());
    showFacets = makeFacets(at("facets"), facets, words, choose);
    state.filters = known(state.filters, facets);
    showFacets(null, state.filters);
  });
  return opening;
}

async function search() {
  await ready();
  engine ??= await (await import("./search/engine.js")).open();
  return engine;
}

async function ask({ count = PAGE, isTyping = false } = {}) {
  const turn = ++asked;
  at("found").setAttribute("aria-busy", "true");
  try {
    const searched = await search();
    const { text, filters } = state;
    const found = await searched.ask({ text, filters, first: 0, count, typing: isTyping });
    if (turn === asked) show(found, isTyping);
  } catch {
    if (turn === asked) fail();
  } finally {
    if (turn === asked) at("found").setAttribute("aria-busy", "false");
  }
}

function change(next, { push = true, isTyping = false } = {}) {
  clearTimeout(typing);
  state = { ...state, ...next };
  const address = location.pathname + writeAddress(state);
  if (!push) history.replaceState(null, "", address);
  else if (address !== location.pathname + location.search) history.pushState(null, "", address);
  return ask({ isTyping });
}

function choose(facet, value) {
  return change({ filters: toggled(state.filters, facet, value) });
}

// --- Showing ---

function show(found, isTyping) {
  answer = found;
  showFacets(found.counts, state.filters);
  showChosen();
  const searching = isAsked(state);
  at("found").hidden = !searching;
  at("shelves").hidden = searching && found.total > 0;
  if (!searching) return tell("");
  const total = found.total ? words.plural("results", found.total) : nothing();
  at("total").textContent = total;
  at("total").dataset.asked = found.total ? state.text.trim() : "";
  at("told").replaceChildren(...told(found));
  at("results").replaceChildren(...found.results.map((result) => makeResult(template, result, words)));
  at("results").hidden = !found.total;
  showMore();
  tell([total, ...corrections(found)].join(" "), isTyping ? SETTLED : 0);
}

function nothing() {
  const text = state.text.trim();
  return text ? words.text("nothing-for", { text }) : words.text("nothing");
}

function corrections({ corrected, most, total }) {
  const said = (corrected ?? []).map((one) => words.text("corrected", one));
  return most && total ? [...said, words.text("most")] : said;
}

function told(found) {
  const said = corrections(found).map((text) => makeText("p", text));
  return found.total ? said : [...said, ...waysOn(found)];
}

function waysOn({ loosen = [], near = [] }) {
  const ways = [makeText("p", words.text("nothing-help"))];
  if (loosen.length) ways.push(makeText("h3", words.text("loosen")), offers(loosen.map(loosenOffer)));
  if (near.length) ways.push(makeText("h3", words.text("near")), offers(near.map(nearOffer)));
  ways.push(offers([makeButton(words.text("start-over"), () => settle({ text: "", filters: {} }))]));
  return ways;
}

function offers(buttons) {
  const list = document.createElement("ul");
  list.className = "pl-offers";
  list.append(
    ...buttons.map((button) => {
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
  return list;
}

function loosenOffer({ facet, value, total }) {
  const count = makeText("span", words.plural("results", total));
  count.className = "pl-count";
  const dropped = value === null ? facetOf(facet).label : labelOf(facet, value);
  const label = facet === null ? words.text("clear") : words.text("loosen-one", { label: dropped });
  const { [facet]: _, ...others } = state.filters;
  const kept = value === null ? others : toggled(state.filters, facet, value);
  const filters = facet === null ? {} : kept;
  return makeButton([label, " ", count], () => settle({ filters }));
}

function nearOffer(word) {
  return makeButton(word, () => settle({ text: word }));
}

// A button that goes away with its click hands the focus to what comes of it.
async function settle(next) {
  if (next.text !== undefined) field.value = next.text;
  await change(next);
  (isAsked(state) ? at("total") : field).focus();
}

function showChosen() {
  const chosen = Object.entries(state.filters).flatMap(([facet, values]) => values.map((value) => [facet, value]));
  at("chosen").hidden = !chosen.length;
  at("chosen").textContent = chosen.length ? words.plural("chosen", chosen.length) : "";
  at("chips").hidden = !chosen.length;
  const buttons = chosen.map(([facet, value], place) => {
    const button = makeButton(labelOf(facet, value), () => drop(facet, value, place), "pl-chip");
    button.setAttribute("aria-label", words.text("remove", { label: `${facetOf(facet).label}, ${labelOf(facet, value)}` }));
    return button;
  });
  if (chosen.length > 1) buttons.push(makeButton(words.text("clear"), () => settle({ filters: {} }), "pl-chip pl-chip--all"));
  at("chips").replaceChildren(...offers(buttons).children);
}

async function drop(facet, value, place) {
  await change({ filters: toggled(state.filters, facet, value) });
  const chips = at("chips").querySelectorAll(".pl-chip:not(.pl-chip--all)");
  const next = chips[Math.min(place, chips.length - 1)] ?? (isAsked(state) ? at("total") : field);
  next.focus();
}

function facetOf(facet) {
  return facets.find(({ id }) => id === facet) ?? { label: facet, values: [] };
}

function labelOf(facet, value) {
  return facetOf(facet).values.find(({ id }) => id === value)?.label ?? value;
}

// --- More of the same ---

function showMore() {
  const left = answer.total - answer.results.length;
  at("more").hidden = left <= 0;
  at("more").textContent = words.plural("more", Math.min(PAGE, left));
}

async function more() {
  const turn = asked;
  const first = answer.results.length;
  const next = await engine.ask({ text: state.text, filters: state.filters, first, count: PAGE });
  if (turn !== asked) return;
  const made = next.results.map((result) => makeResult(template, result, words));
  answer = { ...answer, results: [...answer.results, ...next.results] };
  at("results").append(...made);
  showMore();
  history.replaceState({ shown: answer.results.length }, "");
  tell(words.text("shown", { shown: answer.results.length, total: answer.total }));
  if (at("more").hidden) made[0]?.querySelector("h3 a").focus();
}

// --- Telling ---

// Screen readers hear how many there are once the typing has come to rest, and only then.
function tell(text, pause = 0) {
  clearTimeout(telling);
  telling = setTimeout(() => (at("status").textContent = text), pause);
}

function fail() {
  opening = facets ? opening : null;
  at("found").hidden = false;
  at("shelves").hidden = false;
  at("results").replaceChildren();
  at("more").hidden = true;
  at("chips").hidden = true;
  at("total").textContent = words.text("failed");
  const again = makeButton(words.text("again"), async () => {
    await ask();
    at("total").focus();
  });
  at("told").replaceChildren(makeText("p", words.text("failed-help")), again);
  tell(`${words.text("failed")}. ${words.text("failed-help")}`);
}

// --- Keyboard and the rest ---

const links = () => [...at("results").querySelectorAll("h3 a")];

function step(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = at("found").hidden ? [] : links();
  if (!by || !all.length) return;
  const place = document.activeElement === field ? -1 : all.indexOf(document.activeElement);
  if (document.activeElement !== field && place < 0) return;
  if (place < 0 && by < 0) return;
  event.preventDefault();
  (place + by < 0 ? field : all[Math.min(place + by, all.length - 1)]).focus();
}

at().addEventListener("submit", (event) => {
  event.preventDefault();
  change({ text: field.value });
});
field.addEventListener("input", () => {
  clearTimeout(typing);
  const isNew = field.value.trim() !== state.text.trim();
  if (isNew) typing = setTimeout(() => change({ text: field.value }, { push: false, isTyping: true }), PAUSE);
});
document.addEventListener("keydown", step);
at("more").addEventListener("click", () => more().catch(fail));
at("filters").addEventListener("click", () => {
  const isOpen = at("filters").getAttribute("aria-expanded") === "true";
  at("filters").setAttribute("aria-expanded", String(!isOpen));
});
addEventListener("popstate", () => {
  clearTimeout(typing);
  const { text, filters } = readAddress(location.search);
  state = { text, filters: facets ? known(filters, facets) : filters };
  field.value = text;
  ask({ count: Math.max(PAGE, history.state?.shown ?? 0) });
});

// Counts come with the first sign that somebody looks for something: until then the page stays light.
function warm() {
  if (!answer && !isAsked(state)) ask();
}
document.querySelector(".pl-finder__side").addEventListener("pointerover", warm, { once: true });
document.querySelector(".pl-finder__side").addEventListener("focusin", warm, { once: true });
at("filters").addEventListener("click", warm, { once: true });

field.value = state.text || field.value;
state.text = field.value;
if (isAsked(state)) {
  at("shelves").hidden = true;
  at("found").hidden = false;
  at("total").textContent = words.text("searching");
  ask({ count: Math.max(PAGE, history.state?.shown ?? 0) });
} else {
  ready().catch(fail);
}
