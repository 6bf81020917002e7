// Where a link leads, shown beside it: the kind, the title, what it is and its first facts, or its content note and
// then nothing else. Asked for by mouse and by keyboard alike; Escape closes it, the pointer may move onto it, and it
// stays until pointer and focus have left. The page behind the link is fetched from this site, and kept.
const ROOT = new URL("../../", import.meta.url);
const ENTRY = /^(?:spaces|practices|outputs|principles|approaches|roles|questions|types|initiatives)\/(?!index\.html)./;
const TOLD_ALREADY = ".pl-cards, .pl-choosing__result, nav";
const WAIT = 350;
const LINGER = 300;
const FACTS = 3;

const pages = new Map();
const card = document.createElement("div");
let current = null;
let asked = null;
let timer = 0;
let looks = null;

/** Give the address of the entry or term a link leads to; nothing for any other link, nor for one of a drawing. */
function entryOf(link) {
  if (typeof link.href !== "string") return "";
  const { origin, pathname } = new URL(link.href);
  const inside = origin === ROOT.origin && pathname.startsWith(ROOT.pathname) ? pathname.slice(ROOT.pathname.length) : "";
  return ENTRY.test(inside) && pathname !== location.pathname && !link.closest(TOLD_ALREADY) ? origin + pathname : "";
}

/** Read what a page says of itself. */
function factsOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html").querySelector("article.pl-page");
  const find = (selector) => page?.querySelector(selector);
  const warned = find(".pl-notice--content-note");
  return {
    parts: [
      ["eyebrow", find(".pl-eyebrow")],
      ["title", find("h1")],
      ["example", find(".pl-notice--illustrative strong")],
      ["note", warned],
      ["lead", warned ? null : (find(".pl-lead") ?? find(".pl-body > p"))],
    ].filter(([, element]) => element),
    facts: warned ? [] : [...(page?.querySelectorAll(".pl-facts li") ?? [])].slice(0, FACTS),
  };
}

function fetched(address) {
  if (!pages.has(address)) {
    const answer = fetch(address, { credentials: "same-origin" });
    pages.set(address, answer.then((page) => (page.ok ? page.text() : "")).then(factsOf).catch(() => null));
  }
  return pages.get(address);
}

/** Write one line of the card: the words of an element, in their language. */
function line(tag, name, element) {
  const made = document.createElement(tag);
  made.className = `pl-preview__${name}`;
  made.textContent = element.textContent.replace(/\s+/g, " ").trim();
  const spoken = element.closest("[lang]")?.lang;
  if (spoken) made.lang = spoken;
  return made;
}

function fill({ parts, facts }) {
  card.replaceChildren(...parts.map(([name, element]) => line("p", name, element)));
  if (!facts.length) return;
  const list = document.createElement("ul");
  list.className = "pl-preview__facts";
  list.append(...facts.map((fact) => line("li", "fact", fact)));
  card.append(list);
}

/** Stand below the link, or above it where there is no room below. */
function place() {
  const [{ left, top, bottom }] = current.getClientRects();
  const { offsetWidth: width, offsetHeight: height } = card;
  const below = bottom + 6;
  const fits = below + height <= innerHeight || top < height + 6;
  card.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
  card.style.top = `${fits ? below : top - height - 6}px`;
}

function hide() {
  clearTimeout(timer);
  asked = null;
  if (!current) return;
  current.removeAttribute("aria-describedby");
  current = null;
  card.hidePopover();
}

async function show(link) {
  const [found] = await Promise.all([fetched(entryOf(link)), looks]);
  if (asked !== link || !found?.parts.length) return;
  if (current) hide();
  asked = current = link;
  fill(found);
  link.setAttribute("aria-describedby", card.id);
  card.showPopover();
  place();
}

function later(act, milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(act, milliseconds);
}

/** Show where a link leads once pointer or focus have stayed on it. */
export function offer(link) {
  if (link === current) clearTimeout(timer);
  if (link === asked || !looks || !entryOf(link)) return;
  asked = link;
  later(() => show(link), WAIT);
}

const isHeld = (target) => target instanceof Node && (card.contains(target) || (current ?? asked)?.contains(target));

function leave({ target, relatedTarget }) {
  if (!asked || !isHeld(target) || isHeld(relatedTarget) || document.activeElement === current) return;
  later(hide, current ? LINGER : 0);
}

function start() {
  card.id = "pl-preview";
  card.className = "pl-preview";
  card.role = "tooltip";
  card.popover = "manual";
  const look = document.createElement("link");
  look.rel = "stylesheet";
  look.href = new URL("preview.css", import.meta.url);
  looks = new Promise((resolve) => look.addEventListener("load", resolve));
  document.head.append(look);
  document.querySelector("main").append(card);
  document.addEventListener("pointerout", leave);
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  document.addEventListener("focusout", ({ target }) => target === asked && hide());
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  addEventListener("scroll", () => current && place(), { passive: true });
  addEventListener("pagehide", hide);
}

if (HTMLElement.prototype.showPopover) start();
