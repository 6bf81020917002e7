// Typing ahead: a field that suggests what the library knows, and takes what is new.
// Follows the pattern of an editable combobox with a list: the focus stays in the field, arrows move through it.

import { fold } from "./text.js";

const MOST = 8;

export function typeAhead(field, { options, say, onChoose, onNew }) {
  const input = field.querySelector("[role=combobox]");
  const list = field.querySelector("[role=listbox]");
  const status = field.querySelector("[role=status]");
  const folded = options.map((option) => ({ ...option, folded: fold(option.title) }));
  let shown = [], active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function suggestions(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const rank = ({ folded: title }) => (title.startsWith(words[0]) ? 0 : title.split(/[\s-]+/).some((w) => w.startsWith(words[0])) ? 1 : 2);
    const found = folded.filter(({ folded: title }) => words.every((word) => title.includes(word)));
    return found.sort((one, other) => rank(one) - rank(other) || (one.folded < other.folded ? -1 : 1)).slice(0, MOST);
  }

  function open() {
    const text = input.value.trim();
    const found = suggestions(text);
    const isThere = folded.some(({ folded: title }) => title === fold(text));
    shown = found.map((option) => ({ label: option.title, choose: () => onChoose(option) }));
    if (onNew && text && !isThere) shown.push({ label: say("new", { title: text }), isNew: true, choose: () => onNew(text) });
    list.replaceChildren(
      ...shown.map(({ label, isNew }, place) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.className = isNew ? "pl-combo__new" : "";
        item.textContent = label;
        return item;
      }),
    );
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    if (!text) status.textContent = "";
    else if (found.length) status.textContent = say("found", { count: found.length });
    else status.textContent = say(onNew ? "found-none" : "found-nothing");
  }

  function move(step) {
    if (list.hidden) open();
    if (!shown.length) return;
    active = (active + step + shown.length) % shown.length;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function take(place) {
    const option = shown[place];
    if (!option) return;
    input.value = "";
    close();
    status.textContent = "";
    option.choose();
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation();
    open();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden) open();
      take(active >= 0 ? active : 0);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take([...list.children].indexOf(item));
  });
}
