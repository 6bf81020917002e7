// The frame of every page, as far as it needs a script, and only that: everything here has a way to work without it.
// What is of no use without a script is made here, with the words of `frame-words.js`, and not in each page.
import { words } from "./frame-words.js";
import "./search.js";

const find = (selector) => document.querySelector(selector);
const { body } = document;
const { dataset } = body;
document.documentElement.classList.remove("no-js");

// Colours: light, dark or as the device has it. The choice is the reader's, kept where the line of script in the page
// finds it, under the name that the style sheets have for it; nobody else learns of it.
const key = "pl-colours";
const dark = matchMedia("(prefers-color-scheme: dark)");
const schemes = { auto: "", light: "default", dark: "slate" };
const states = Object.keys(schemes);
let state = "auto";
try {
  state = states.find((name) => schemes[name] && schemes[name] === localStorage.getItem(key)) ?? state;
} catch {
  // A browser that keeps nothing.
}

// The bars of the browser around the page take the colour of its head.
const bars = document.createElement("meta");
bars.name = "theme-color";
document.head.append(bars);
function tint() {
  bars.content = getComputedStyle(body).getPropertyValue("--pl-paper");
}

function colour() {
  dataset.mdColorScheme = schemes[state] || (dark.matches ? schemes.dark : schemes.light);
  tint();
}

function made(name, text) {
  const button = document.createElement("button");
  button.className = name;
  button.textContent = text;
  return button;
}

function offerColours(said) {
  const button = made("pl-icon pl-colours", "");
  const tell = () => {
    button.title = said[state];
    button.setAttribute("aria-label", button.title);
    button.dataset.state = state;
  };
  find("body > header")?.insertBefore(button, find("body > header > :is(.pl-search-button, .pl-search)"));
  tell();
  button.addEventListener("click", () => {
    state = states[(states.indexOf(state) + 1) % states.length];
    try {
      if (schemes[state]) localStorage.setItem(key, schemes[state]);
      else localStorage.removeItem(key);
    } catch {
      // Then it holds for this page.
    }
    colour();
    tell();
  });
}

// The menu of small screens, which the browser opens and closes: the focus goes in with it, and it closes behind the focus.
function mindMenu(menu, opener) {
  const isOpen = () => menu.matches(":popover-open");
  if (!("popover" in menu)) return;
  menu.addEventListener("toggle", ({ newState }) => newState === "open" && menu.querySelector("a")?.focus());
  document.addEventListener("focusin", ({ target }) => {
    if (isOpen() && target !== opener && !menu.contains(target)) menu.hidePopover();
  });
}

// Back to the top: offered to whoever turns back after a long way down.
function offerTop(text) {
  const button = made("pl-top", text);
  button.hidden = true;
  find("main").after(button);
  let last = scrollY;
  addEventListener("scroll", () => {
    button.hidden = scrollY > last || scrollY < innerHeight;
    last = scrollY;
  }, { passive: true });
  button.addEventListener("click", () => {
    scrollTo({ top: 0 });
    document.querySelector("a, button")?.focus({ preventScroll: true });
    button.hidden = true;
  });
}

// The contents beside the text follow the reader.
function follow(links) {
  const places = links.map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))]).filter(([, place]) => place);
  let waiting = false;
  const mark = () => {
    waiting = false;
    const passed = places.filter(([, place]) => place.getBoundingClientRect().top < innerHeight / 4);
    const here = passed.at(-1)?.[0];
    for (const [link] of places) link.classList.toggle("pl-toc__here", link === here);
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  if (!places.length) return;
  addEventListener("scroll", soon, { passive: true });
  soon();
}

// What is wider than the text scrolls by itself, and the keyboard has to get to it: tables and blocks of code.
function letScroll(article) {
  for (const table of article.querySelectorAll("table:not([class])")) {
    const wrap = document.createElement("div");
    wrap.className = "md-typeset__scrollwrap";
    wrap.tabIndex = 0;
    table.replaceWith(wrap);
    wrap.append(table);
  }
  for (const code of article.querySelectorAll("pre > code")) code.tabIndex = 0;
}

// What is folded is unfolded for paper, and where an address points into it; a tab of Material's is opened as well.
let opened = [];
function unfoldAll() {
  opened = [...document.querySelectorAll("details.pl-fold:not([open])")];
  for (const fold of opened) fold.open = true;
}
function foldAgain() {
  for (const fold of opened) fold.open = false;
}
function unfold() {
  const target = document.querySelector(":target");
  if (target?.name?.startsWith("__tabbed_")) target.checked = true;
  const fold = target?.closest("details.pl-fold:not([open])");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
}

// Where a link leads is shown beside it, for mouse and keyboard; what that takes is fetched at the first such link, and by
// then the reader may have gone on.
function preview(event) {
  const link = event.target.closest?.("article a[href]");
  if (!link || navigator.connection?.saveData) return;
  import("./preview.js").then(({ offer }) => link.matches(":hover, :focus") && offer(link));
}

const where = (found, act) => found && act(found);
// Another scheme than the reader's is the site's, and stays.
if (!dataset.mdColorScheme || dataset.mdColorScheme === schemes[state]) {
  colour();
  dark.addEventListener("change", colour);
} else tint();
where(find("#pl-menu"), (menu) => mindMenu(menu, find(".pl-menu-open")));
where(find("article"), letScroll);
follow([...document.querySelectorAll(".pl-toc a[href^='#']")]);
for (const printing of document.querySelectorAll(".pl-print")) printing.hidden = false;
where(words.colours, offerColours);
where(words.top, offerTop);
where(find(".pl-colophon"), (colophon) => colophon.append(made("pl-print", words.print)));
where(words.offline, (text) => import("./offline.js").then(({ tell }) => tell(text)));
unfold();
document.addEventListener("click", ({ target }) => target.closest?.(".pl-print") && print());
document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && preview(event));
document.addEventListener("focusin", (event) => event.target.matches?.(":focus-visible") && preview(event));
addEventListener("hashchange", unfold);
addEventListener("beforeprint", unfoldAll);
addEventListener("afterprint", foldAgain);
