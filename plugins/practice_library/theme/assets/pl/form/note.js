// From what was filled in to an entry: its front matter, its text, its place and its file.
//
// In: values shaped like the front matter, every scalar a text, empty ones included; the schema of the kind.
// Out: only what was said. `origins` remembers which row of the form each item of a list came from.

import { clean, slug } from "./text.js";
import { yamlOf } from "./yaml.js";

const RAW = new Set(["day", "partial-date", "count", "flag"]);
export const origins = new WeakMap();

export function frontOf(values, schema) {
  const front = {};
  for (const [key, inner] of Object.entries(schema.properties)) {
    const said = spoken(values[key], inner);
    if (said !== undefined) front[key] = said;
  }
  return front;
}

// Give what was said at one place, or undefined where nothing was.
function spoken(value, schema = {}) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value ? "true" : undefined;
  if (typeof value !== "object") return clean(String(value)) || undefined;
  if (Array.isArray(value)) return items(value, schema.items);
  return record(value, schema);
}

function items(values, schema) {
  const said = [], rows = [];
  values.forEach((value, row) => {
    const one = shortened(spoken(value, schema), schema);
    if (one === undefined) return;
    said.push(one);
    rows.push(row);
  });
  if (!said.length) return undefined;
  origins.set(said, rows);
  return said;
}

function record(value, schema) {
  const found = Object.entries(value).flatMap(([key, inner]) => {
    const said = spoken(inner, schema.properties?.[key]);
    return said === undefined ? [] : [[key, said]];
  });
  return found.length ? Object.fromEntries(found) : undefined;
}

// A mention of something known needs only its id, and an unsaid relation means that it worked.
function shortened(item, schema) {
  if (typeof item !== "object" || !schema?.["x-reader"]?.endsWith("-mention")) return item;
  if (schema["x-reader"] === "principle-mention") return item;
  const said = { ...item };
  if (said.relation === "worked") delete said.relation;
  if (said.id !== undefined) {
    for (const key of ["title", "summary", "kind"]) delete said[key];
    if (Object.keys(said).length === 1) return said.id;
  }
  return Object.keys(said).length ? said : undefined;
}

export function placeOf(kind, values, front, settings) {
  const name = slug(clean(String(front.title ?? "")), settings.limits.id);
  const own = slug(clean(String(values.own_space?.name ?? "")), settings.limits.id);
  const space = values.space === "+" ? own : values.space ?? "";
  if (kind === "space") return { id: name, space: name, path: `${name}/space.md` };
  if (kind === "harvest") {
    const id = slug(`${front.date ?? ""}-${name}`, settings.limits.id);
    return { id, space, path: `${space}/harvests/${id}.md` };
  }
  return { id: name, space, path: `${space ? `${space}/` : ""}practices/${name}.md` };
}

export function fileOf(front, body, schema) {
  const raw = new Set(Object.keys(front).filter((key) => RAW.has(schema.properties[key]?.["x-reader"])));
  const head = yamlOf(front, raw);
  const text = clean(body ?? "");
  return { head, text: `---\n${head}---\n${text ? `\n${text}\n` : ""}` };
}

// Whether the whole of an entry may be read by everyone, as it will lie in a public repository.
export function isForEveryone(kind, front, isHealing, today) {
  const consent = front.consent;
  if (!consent) return kind !== "harvest" && !isHealing;
  const share = consent.share ?? (isHealing ? "summary" : "full");
  return consent.level === "public" && share === "full" && holds(consent, today);
}

function holds(consent, today) {
  return Boolean(consent.given) && consent.given <= today && (!consent.until || consent.until >= today);
}

const bare = (person, credit) => ({
  ...person,
  name: credit === "named" ? person.name : undefined,
  organisation: ["named", "organisation"].includes(credit) ? person.organisation : undefined,
  role: credit === "anonymous" || credit === "organisation" ? undefined : person.role,
});

// Give what of an entry everyone may read: its quotes with a yes of their own, its people as they agreed.
export function publicPart(front, isHealing, today) {
  const silent = isHealing ? "anonymous" : "role";
  const credit = front.consent?.credit ?? silent;
  const said = { ...front };
  for (const key of ["harvesters", "facilitators"]) {
    said[key] = front[key]?.map((person) => tidy(bare(person, credit))).filter((person) => Object.keys(person).length);
  }
  const silentQuote = credit === "anonymous" ? "anonymous" : silent;
  said.quotes = front.quotes
    ?.filter(({ consent }) => consent?.level === "public" && holds(consent, today))
    .map((quote) => tidy(bare(quote, quote.consent.credit ?? silentQuote)));
  for (const key of ["harvesters", "facilitators", "quotes"]) if (!said[key]?.length) delete said[key];
  return said;
}

const tidy = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
