// The search of every page, asleep: what it takes is only fetched once somebody goes to a search field.
// Without this script the field is a form that leads to the finder.

const fields = "form.pl-search";
const MOST = 300;
const header = document.querySelector("body > header > .pl-search");
const opener = header && openerOf(header);

// On small screens just the button of the form is seen, and leads to the finder: one that opens the form takes its place.
function openerOf(form) {
  form.id = "pl-search";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pl-icon pl-search-button";
  button.setAttribute("aria-label", form.querySelector("input").placeholder);
  button.setAttribute("aria-controls", form.id);
  button.setAttribute("aria-expanded", "false");
  const hadFocus = form.querySelector("button") === document.activeElement;
  form.before(button);
  if (hadFocus && button.checkVisibility()) button.focus();
  return button;
}

function wake(form) {
  if (form.dataset.plSearch === "awake") return;
  form.dataset.plSearch = "awake";
  import("./search-box.js").then(({ wakeBox }) => wakeBox(form)).catch(() => (form.dataset.plSearch = ""));
}

// A box to tick takes no letters: beside it a shortcut stays a shortcut.
const typed = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])";

function isTyping(target) {
  return Boolean(target.closest?.(typed));
}

function openSearch() {
  const finder = document.getElementById("pl-finder-text");
  if (finder) return finder.focus();
  header.classList.add("pl-search--open");
  opener.setAttribute("aria-expanded", "true");
  header.querySelector("input").focus();
}

function closeSearch({ refocus }) {
  header.classList.remove("pl-search--open");
  opener.setAttribute("aria-expanded", "false");
  if (refocus) opener.focus();
}

document.addEventListener("focusin", ({ target }) => {
  const form = target.closest(fields);
  if (form) wake(form);
});
document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!(slash || k) || isTyping(event.target)) return;
  event.preventDefault();
  openSearch();
});
// Somebody was quicker than this script.
const early = document.activeElement?.closest(fields);
if (early) wake(early);

for (const field of document.querySelectorAll(`${fields} input`)) {
  field.maxLength = MOST;
  field.autocomplete = "off";
  field.autocapitalize = "off";
  field.spellcheck = false;
}

if (header) {
  header.querySelector("input").setAttribute("aria-keyshortcuts", "/ Control+K");
  opener.addEventListener("click", openSearch);
  header.addEventListener("click", ({ target }) => target.closest(".pl-search__close") && closeSearch({ refocus: true }));
  header.addEventListener("focusout", ({ relatedTarget }) => {
    if (document.hasFocus() && !header.contains(relatedTarget)) closeSearch({ refocus: false });
  });
  header.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !header.classList.contains("pl-search--open")) return;
    closeSearch({ refocus: opener.checkVisibility() });
  });
}
