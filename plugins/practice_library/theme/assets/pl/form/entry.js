// One entry from what was filled in: everything that follows from it, and everything that is wrong with it.
//
// Knows no page: `main.js` shows what comes of it, and whoever wants to can call `make` by itself.

import { checkBody, checkReferences, checkWhole } from "./body.js";
import { checkFront } from "./check.js";
import { clean, isId, slug } from "./text.js";
import { fileOf, frontOf, isForEveryone, placeOf, publicPart } from "./note.js";

// What the library has, quick to ask.
export class Known {
  constructor(data, settings) {
    this.data = data;
    this.settings = settings;
    this.terms = data.terms;
    this.titles = Object.fromEntries(
      [["space", "spaces"], ["practice", "practices"], ["output", "outputs"]].map(([kind, list]) => [
        kind,
        new Map(data[list].map(({ id, title }) => [id, title])),
      ]),
    );
    this.types = new Map(data.spaces.map(({ id, type }) => [id, type]));
    this.own = new Set();
  }

  has(kind, id) {
    if (this.own.has(`${kind}:${id}`)) return true;
    if (kind in this.titles) return this.titles[kind].has(id);
    if (kind === "harvest") {
      const [space, note] = id.split("/");
      return this.data.harvests[space]?.includes(note) ?? false;
    }
    return this.terms[kind]?.includes(id) ?? false;
  }

  titleOf(kind, id) {
    return this.titles[kind].get(id);
  }

  // What an entry brings in itself may be named in its own text.
  with(kind, front, place) {
    const known = Object.create(this);
    known.own = new Set([`${kind}:${kind === "harvest" ? `${place.space}/${place.id}` : place.id}`]);
    if (place.space && kind !== "space") known.own.add(`space:${place.space}`);
    for (const [key, of] of [["practices", "practice"], ["outputs", "output"]]) {
      for (const item of front[key] ?? []) {
        if (item.title) known.own.add(`${of}:${slug(item.title, this.settings.limits.id)}`);
      }
    }
    return known;
  }
}

export function isHealing(kind, values, known, settings) {
  if (kind === "space") return values.type === settings.healing;
  const type = values.space === "+" ? values.own_space?.type : known.types.get(values.space);
  return type === settings.healing;
}

export function make(kind, values, { schema, settings, known, today }) {
  const front = frontOf(values, schema);
  const body = clean(values.body ?? "");
  const healing = isHealing(kind, values, known, settings);
  const place = placeOf(kind, values, front, settings);
  const file = fileOf(front, body, schema);
  const open = fileOf(publicPart(front, healing, today), body, schema);
  const context = { known: known.with(kind, front, place), settings, isHealing: healing };
  return {
    front,
    body,
    place,
    isHealing: healing,
    file: file.text,
    publicFile: open.text,
    isOpen: !settings.public || isForEveryone(kind, front, healing, today),
    complaints: [
      ...checkPlace(kind, values, place, settings),
      ...checkFront(front, schema, settings),
      ...checkReferences(kind, front, place, { known, settings }),
      ...checkBody(body, context),
      ...checkWhole(file, front, body, context),
    ],
  };
}

function checkPlace(kind, values, place, settings) {
  if (kind === "space") return [];
  if (values.space === "+" && (!isId(place.space, settings) || ["practices", "outputs", "space"].includes(place.space))) {
    const name = clean(values.own_space?.name ?? "");
    const lacks = { path: ["own_space", "name"], code: "missing-key", values: { key: "name" } };
    return [name ? { ...lacks, code: "bad-name", values: { name } } : lacks];
  }
  if (kind === "harvest" && !values.space) return [{ path: ["space"], code: "missing-key", values: { key: "space" } }];
  return [];
}
