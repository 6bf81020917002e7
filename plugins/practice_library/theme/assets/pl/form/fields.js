// Between the page and the values: what stands in the fields, rows that are added and taken away.
//
// `data-key` names a value, `data-as` says how it is read. A field belongs to the nearest `data-as` around it.

let number = 0;

export const owned = (holder) =>
  [...holder.querySelectorAll("[data-key]")].filter((field) => field.parentElement.closest("[data-as]") === holder);

const control = (field) => (field.matches("input") ? field : field.querySelector("input, textarea, select"));
const itemsOf = (field) => [...field.querySelector(":scope > .pl-rows__items").children];

export function readAll(root) {
  return Object.fromEntries(topFields(root).map((field) => [field.dataset.key, read(field)]));
}

export const topFields = (root) =>
  [...root.querySelectorAll("[data-key]")].filter((field) => !field.parentElement.closest("[data-as]"));

const READ = {
  text: (field) => control(field).value,
  choice: (field) => field.querySelector("input:checked")?.value ?? "",
  checks: (field) => [...field.querySelectorAll("input:checked")].map(({ value }) => value),
  principles: (field) =>
    [...field.querySelectorAll("[data-value]")].flatMap((row) => {
      const words = row.querySelector("textarea").value.trim();
      if (!row.querySelector("input").checked) return [];
      return [words ? { [row.dataset.value]: words } : row.dataset.value];
    }),
  record: (field) => Object.fromEntries(owned(field).map((inner) => [inner.dataset.key, read(inner)])),
  list: (field) => itemsOf(field).map(read),
  ids: (field) => itemsOf(field).map((row) => row.querySelector("[data-key=id]").value),
};

const read = (field) => READ[field.dataset.as](field);

export function writeAll(root, values) {
  for (const field of topFields(root)) write(field, values[field.dataset.key]);
}

const WRITE = {
  text: (field, value) => {
    control(field).value = value ?? "";
  },
  choice: (field, value) => {
    for (const input of field.querySelectorAll("input")) input.checked = input.value === (value ?? "");
  },
  checks: (field, value) => {
    for (const input of field.querySelectorAll("input")) input.checked = (value ?? []).includes(input.value);
  },
  principles: (field, value) => {
    const said = new Map((value ?? []).map((item) => (typeof item === "string" ? [item, ""] : Object.entries(item)[0])));
    for (const row of field.querySelectorAll("[data-value]")) {
      row.querySelector("input").checked = said.has(row.dataset.value);
      row.querySelector("textarea").value = said.get(row.dataset.value) ?? "";
    }
  },
  record: (field, value) => {
    for (const inner of owned(field)) write(inner, value?.[inner.dataset.key]);
  },
  list: (field, value) => {
    const rows = value ?? Array.from({ length: Number(field.dataset.first ?? 0) }, () => undefined);
    field.querySelector(":scope > .pl-rows__items").replaceChildren();
    for (const item of rows) write(addRow(field), item);
    field.dispatchEvent(new CustomEvent("pl-rows", { bubbles: true }));
  },
  ids: (field, value) => WRITE.list(field, (value ?? []).map((id) => ({ id }))),
};

const write = (field, value) => WRITE[field.dataset.as](field, value);

// Add an empty row, its `__n__` made into a number of its own.
export function addRow(field) {
  const template = field.querySelector(":scope > template");
  const row = template.content.firstElementChild.cloneNode(true);
  number += 1;
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__n__")) element.setAttribute(name, value.replaceAll("__n__", number));
    }
  }
  field.querySelector(":scope > .pl-rows__items").append(row);
  renumber(field);
  return row;
}

export function removeRow(row) {
  const field = row.closest(".pl-rows");
  row.remove();
  renumber(field);
  return field;
}

function renumber(field) {
  itemsOf(field).forEach((row, place) => {
    const shown = row.querySelector(":scope > .pl-row__name > [data-number]");
    if (shown) shown.textContent = String(place + 1);
  });
}

// Find where a complaint belongs: the field at the end of its path, or the nearest around it.
export function fieldAt(root, path, rowOf) {
  let field = topFields(root).find(({ dataset }) => dataset.key === path[0]);
  for (let place = 1; field && place < path.length; place += 1) {
    const inner =
      typeof path[place] === "number"
        ? field.querySelector(":scope > .pl-rows__items")?.children[rowOf(path.slice(0, place), path[place])]
        : owned(field).find(({ dataset }) => dataset.key === path[place]);
    if (!inner) break;
    field = inner;
  }
  return field;
}

export const controlOf = (field) =>
  field.querySelector("input:not([type=hidden]):not([hidden]), textarea, select, button.pl-add") ?? field;
