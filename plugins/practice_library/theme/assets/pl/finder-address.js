// What is asked of the finder, as the address of its page says it: ?q=circle&kind=practice&year=2021&year=2022

export function readAddress(search) {
  const filters = {};
  let text = "";
  for (const [name, value] of new URLSearchParams(search)) {
    if (name === "q") text = value;
    else if (value) (filters[name] ??= []).push(value);
  }
  return { text, filters };
}

export function writeAddress({ text, filters }) {
  const pairs = Object.entries(filters).flatMap(([name, values]) => values.map((value) => [name, value]));
  if (text.trim()) pairs.unshift(["q", text.trim()]);
  return pairs.length ? `?${new URLSearchParams(pairs)}` : "";
}

// Only what the finder knows: an old or mistyped address asks for the rest of it.
export function known(filters, facets) {
  const pairs = facets.map(({ id, values }) => {
    const ids = new Set(values.map((value) => value.id));
    return [id, [...new Set(filters[id] ?? [])].filter((value) => ids.has(value))];
  });
  return Object.fromEntries(pairs.filter(([, values]) => values.length));
}

export function isAsked({ text, filters }) {
  return text.trim() !== "" || Object.keys(filters).length > 0;
}

export function toggled(filters, facet, value) {
  const chosen = filters[facet] ?? [];
  const values = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  const { [facet]: _, ...others } = filters;
  return values.length ? { ...others, [facet]: values } : others;
}
