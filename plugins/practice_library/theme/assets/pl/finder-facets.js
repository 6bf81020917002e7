// The facets beside the results: made once, then only changed, so that nothing under a finger or with the
// focus goes away.

const MOST = 8;
const OPEN = 4;

export function makeFacets(box, facets, words, choose) {
  const shown = facets.map((facet, place) => makeFacet(facet, place < OPEN, words, choose));
  box.replaceChildren(...shown.map(({ element }) => element));
  return (counts, filters) => {
    for (const facet of shown) facet.update(counts?.[facet.id], filters[facet.id] ?? []);
  };
}

function makeFacet({ id, label, values }, open, words, choose) {
  const element = document.createElement("details");
  element.className = "pl-facet";
  element.open = open;
  const summary = document.createElement("summary");
  summary.textContent = label;
  const list = document.createElement("div");
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", label);
  const rows = values.map((value) => makeValue(id, value, choose));
  const all = document.createElement("button");
  all.type = "button";
  all.className = "pl-facet__all";
  all.setAttribute("aria-expanded", "false");
  list.append(...rows.map(({ row }) => row), all);
  element.append(summary, list);

  let unfolded = false;
  let last = [undefined, []];
  all.addEventListener("click", () => {
    unfolded = !unfolded;
    update(...last);
  });

  function update(counts, chosen) {
    if (chosen.length > last[1].length) element.open = true;
    last = [counts, chosen];
    const present = rows.filter(({ value, row }) => {
      const kept = chosen.includes(value) || row.contains(document.activeElement);
      return !counts || counts[value] > 0 || kept;
    });
    const folded = present.slice(MOST).filter(({ value }) => !chosen.includes(value));
    for (const one of rows) {
      const isFolded = !unfolded && folded.includes(one) && !one.row.contains(document.activeElement);
      one.update(counts?.[one.value], chosen.includes(one.value), present.includes(one) && !isFolded);
    }
    all.hidden = folded.length === 0;
    all.setAttribute("aria-expanded", String(unfolded));
    all.textContent = unfolded ? words.text("fewer-values") : words.plural("all-values", present.length);
    element.hidden = present.length === 0;
  }

  return { id, element, update };
}

function makeValue(facet, { id, label }, choose) {
  const row = document.createElement("label");
  row.className = "pl-facet__value";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = facet;
  box.value = id;
  box.setAttribute("form", "pl-finder");
  const name = document.createElement("span");
  name.textContent = label;
  const number = document.createElement("span");
  number.className = "pl-count";
  row.append(box, name, number);
  box.addEventListener("change", () => choose(facet, id));
  const numbers = new Intl.NumberFormat(document.documentElement.lang);

  function update(count, chosen, visible) {
    box.checked = chosen;
    number.textContent = count === undefined ? "" : numbers.format(count);
    row.hidden = !visible;
  }

  return { value: id, row, update };
}
