// A search field awake: the first results stand below it while somebody types. A combobox as ARIA 1.2 has it:
// the focus stays in the field, the arrow keys walk the list, Enter follows, Escape puts the list away.

import { open } from "./search/engine.js";
import { ROOT } from "./finder-results.js";
import { words as written } from "./search-words.js";
import { sayer } from "./words.js";

const MOST = 6;
const PAUSE = 100;

const words = sayer(written);
let opening = null;
let boxes = 0;

function engine() {
  opening ??= open().catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

export function wakeBox(form) {
  const field = form.querySelector("input");
  const id = `pl-search-list-${++boxes}`;
  const panel = make("div", "pl-search__panel");
  const told = make("p", "pl-search__told");
  const list = make("div", "pl-search__list");
  const status = make("p", "pl-unseen");
  panel.hidden = true;
  list.id = id;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.text("list"));
  status.setAttribute("role", "status");
  panel.append(told, list);
  form.append(panel, status);
  if (form.id === "pl-search") form.querySelector("button").after(closer());
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);

  let turn = 0;
  let timer = 0;
  let active = -1;
  const options = () => [...list.children];

  function close() {
    turn += 1;
    clearTimeout(timer);
    panel.hidden = true;
    field.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function show(said, made, heard) {
    told.textContent = said;
    told.hidden = !said;
    list.replaceChildren(...made);
    made.forEach((option, place) => (option.id = `${id}-${place}`));
    list.hidden = !made.length;
    panel.hidden = false;
    field.setAttribute("aria-expanded", String(made.length > 0));
    activate(-1);
    status.textContent = heard;
  }

  function activate(place) {
    active = place;
    options().forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
    const chosen = options()[place];
    if (!chosen) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    const text = field.value.trim();
    if (!text) return close();
    const mine = ++turn;
    try {
      const found = await (await engine()).ask({ text, filters: {}, first: 0, count: MOST, typing: true });
      if (mine === turn) answer(form, text, found, show);
    } catch {
      if (mine === turn) show(words.text("failed"), [leadOn(words.text("finder"), form.action)], words.text("failed"));
    }
  }

  function walk(by) {
    const count = options().length;
    // One place more than there are options: the field itself.
    activate(((active + 1 + by + count + 1) % (count + 1)) - 1);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (panel.hidden) ask();
      else walk(by);
    } else if (event.key === "Enter" && active >= 0 && !panel.hidden) {
      event.preventDefault();
      options()[active].click();
    } else if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      close();
    }
  });
  // A press on an option is not a leaving of the field.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (document.hasFocus() && !form.contains(relatedTarget)) close();
  });
  if (field.value.trim()) ask();
}

function answer(form, text, found, show) {
  const finder = (query) => `${form.action}?${new URLSearchParams({ q: query })}`;
  if (!found.total) {
    const near = (found.near ?? []).map((word) => leadOn(words.text("near", { word }), finder(word)));
    const said = words.text("nothing", { text });
    return show(said, [...near, leadOn(words.text("finder"), form.action)], said);
  }
  const all = leadOn(words.plural("all", found.total), finder(text));
  show("", [...found.results.map(option), all], words.plural("results", found.total));
}

// On small screens the form covers the head: a button closes it.
function closer() {
  const button = make("button", "pl-icon pl-search__close");
  button.type = "button";
  button.setAttribute("aria-label", words.text("close"));
  return button;
}

function option(result) {
  const made = optionTo(new URL(result.url, ROOT));
  const title = make("span", "pl-search__title", result.title);
  if (result.language) title.lang = result.language;
  const from = [result.kindLabel, result.place?.title, result.date].filter(Boolean).join(" · ");
  made.append(title, make("span", "pl-search__what", from));
  if (result.note) made.append(make("span", "pl-search__what", words.text("note", { note: result.note })));
  return made;
}

function leadOn(text, address) {
  const made = optionTo(address);
  made.classList.add("pl-search__option--on");
  made.textContent = text;
  return made;
}

function optionTo(address) {
  const made = make("a", "pl-search__option");
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.tabIndex = -1;
  made.href = address;
  return made;
}

function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}
