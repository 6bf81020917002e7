// What the build would complain of, said with its own codes: the schema's readers once more, in the browser.
//
// In: a front matter whose scalars are texts, and the exported schema, whose `x-reader` says what reads a
// value. Out: complaints `{path, code, values}`; the sentences are the catalogue's.

import { filled, isId, size, slug } from "./text.js";

const UNSEEN = /^[\s\u00ad\u200b-\u200f\u2060]*$/;

export function checkFront(front, schema, settings) {
  const complaints = [];
  const complain = (path, code, values = {}) => complaints.push({ path, code, values });
  const withdrawn = front.withdrawn !== undefined && front.withdrawn !== null;
  const required = withdrawn ? [] : schema.else.required;
  readFields({ ...schema, required }, front, [], { complain, settings });
  order(front, complaints, complain);
  return complaints;
}

function order({ started, ended }, complaints, complain) {
  if (!started || !ended || complaints.some(({ path }) => path[0] === "started" || path[0] === "ended")) return;
  const [from, to] = [started, ended].map((text) => text.trim().split("-").map(Number));
  const first = to.findIndex((part, place) => part !== (from[place] ?? 0));
  if (first >= 0 && to[first] < (from[first] ?? 0)) {
    complain(["ended"], "dates-disagree", { earlier: `ended: ${ended}`, later: `started: ${started}` });
  }
}

function readFields(schema, object, path, tools) {
  const known = Object.keys(schema.properties);
  for (const [key, value] of Object.entries(object)) {
    const inner = schema.properties[key];
    if (inner) read(inner, value, [...path, key], key, tools);
    else tools.complain([...path, key], "unknown-key", { key, known: known.join(", ") });
  }
  for (const key of schema.required ?? []) {
    if (!(key in object)) tools.complain([...path, key], "missing-key", { key });
  }
}

function read(schema, value, path, key, tools) {
  const name = schema["x-reader"];
  if (name.startsWith("list-")) return readList(schema, value, path, key, tools);
  const special = SPECIAL[name];
  if (special) return special(schema, value, path, key, tools);
  if (schema.type === "object") return readRecord(schema, value, path, key, tools);
  const text = readText(value, path, key, tools);
  if (text !== null) (PLAIN[name] ?? term)(schema, text, path, key, tools);
}

function readText(value, path, key, { complain }) {
  if (typeof value === "object") {
    complain(path, "expected-text", { key });
    return null;
  }
  const text = String(value).trim();
  if (UNSEEN.test(text)) {
    complain(path, "empty-value", { key });
    return null;
  }
  return text;
}

const isEmpty = (value) => typeof value !== "object" && !String(value).trim();
const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function readRecord(schema, value, path, key, tools) {
  if (!isMapping(value)) return tools.complain(path, isEmpty(value) ? "empty-value" : "expected-mapping", { key });
  return readFields(schema, value, path, tools);
}

function readList(schema, value, path, key, tools) {
  if (!Array.isArray(value)) return tools.complain(path, isEmpty(value) ? "empty-value" : "expected-list", { key });
  const seen = new Set();
  value.forEach((item, place) => {
    let isWrong = false;
    const complain = (...all) => {
      isWrong = true;
      tools.complain(...all);
    };
    read(schema.items, item, [...path, place], key, { ...tools, complain });
    const identity = isWrong ? null : identityOf(schema, item, tools.settings);
    if (identity === null) return;
    if (seen.has(identity)) tools.complain([...path, place], "repeated", { key, value: identity });
    seen.add(identity);
  });
}

// What no two items of a list may share; null where the same may stand twice.
function identityOf(schema, item, settings) {
  const name = schema.items["x-reader"];
  if (name === "resource") return item.url.trim();
  if (name === "principle-mention") return isMapping(item) ? Object.keys(item)[0].trim() : item.trim();
  if (name.endsWith("-mention")) {
    if (!isMapping(item)) return item.trim();
    return item.id === undefined ? slug(item.title, settings.limits.id) : item.id.trim();
  }
  return schema.uniqueItems ? String(item).trim() : null;
}

const matches = (schema, text) => new RegExp(schema.pattern, "u").test(text);

function mustMatch(code, more = () => ({})) {
  return (schema, text, path, key, { complain }) => {
    if (!matches(schema, text) || !ascends(schema, text)) complain(path, code, { key, value: text, ...more() });
  };
}

// From so many to so many: the second is not the smaller.
function ascends(schema, text) {
  if (!schema["x-ascending"]) return true;
  const [, low, high] = text.match(new RegExp(schema.pattern, "u"));
  return !low || !high || Number(low) <= Number(high);
}

function words(schema, text, path, key, { complain }) {
  if (size(text) > schema.maxLength) {
    complain(path, "too-long", { key, limit: schema.maxLength, size: size(text) });
  } else if (schema["x-reader"] === "text" && text.includes("\n")) {
    complain(path, "several-lines", { key });
  }
}

function id(schema, text, path, key, { complain, settings }) {
  if (!text.split("/").every((part) => isId(part, settings))) complain(path, schema["x-code"], { key, value: text });
}

function choice(schema, text, path, key, { complain }) {
  if (!schema.enum.includes(text)) complain(path, "not-a-choice", { key, value: text, known: schema.enum.join(", ") });
}

function term(schema, text, path, key, { complain }) {
  if (!schema.enum.includes(text)) complain(path, schema["x-code"], { value: text, known: schema.enum.join(", ") });
}

function type(schema, text, path, key, { complain }) {
  const [whole, short] = schema.anyOf;
  if (!whole.enum.includes(text) && !matches(short, text)) {
    complain(path, "unknown-type", { value: text, known: whole.enum.join(", ") });
  }
}

function address(schema, text, path, key, { complain }) {
  if (!matches(schema, text) || !isWhole(text)) complain(path, "not-an-address", { key, value: text });
}

// The build refuses hosts whose letters become marks of an address once they are unfolded.
function isWhole(text) {
  const host = text.split("//")[1]?.split(/[/?#]/)[0] ?? "";
  return !/[[\]]/.test(host) && !/[/?#@:]/.test([...host].filter((sign) => sign > "\x7f").join("").normalize("NFKC"));
}

function alias(schema, text, path, key, { complain, settings }) {
  const parts = text.replace(/^\/+|\/+$/g, "").split("/");
  if (!parts.every((part) => isId(part, settings))) complain(path, "not-an-id", { key, value: text });
}

const PLAIN = {
  text: words,
  paragraphs: words,
  flag: (schema, text, path, key, { complain }) => {
    if (!["true", "false"].includes(text)) complain(path, "not-a-choice", { key, value: text, known: "true, false" });
  },
  choice,
  day: mustMatch("not-a-date", () => ({ example: "2021-04-14" })),
  "partial-date": mustMatch("not-a-date", () => ({ example: "2021-04-14, 2021-04, 2021" })),
  count: mustMatch("not-a-number"),
  duration: mustMatch("not-a-duration"),
  "group-size": mustMatch("not-a-group-size"),
  language: mustMatch("not-a-language"),
  "id-space": id,
  "id-practice": id,
  "id-output": id,
  "term-types": type,
  address,
  alias,
};

const SPECIAL = {
  consent(schema, value, path, key, tools) {
    const level = isMapping(value) ? value.level : undefined;
    if (level === undefined || isEmpty(level)) {
      tools.complain(path, "consent-without-level");
      if (isMapping(value)) {
        const { level: _, ...rest } = value;
        readFields({ ...schema, required: [] }, rest, path, tools);
      }
      return;
    }
    let isWrong = false;
    const complain = (...all) => {
      isWrong = true;
      tools.complain(...all);
    };
    readFields(schema, value, path, { ...tools, complain });
    const { given, until } = value;
    if (!isWrong && given && until && until.trim() < given.trim()) {
      tools.complain(path, "dates-disagree", { earlier: `until: ${until}`, later: `given: ${given}` });
    }
  },

  person(schema, value, path, key, tools) {
    const [name, whole] = schema.anyOf;
    if (typeof value !== "object") read(name, value, path, key, tools);
    else readRecord(whole, value, path, key, tools);
  },

  "principle-mention"(schema, value, path, key, tools) {
    const [known, own] = schema.anyOf;
    const keys = isMapping(value) ? Object.keys(value) : [];
    if (keys.length !== 1) return read(known, value, path, key, tools);
    term(known, keys[0].trim(), path, key, tools);
    read(own.additionalProperties, value[keys[0]], path, keys[0], tools);
  },

  reflections(schema, value, path, key, tools) {
    if (!isMapping(value)) return readRecord(schema, value, path, key, tools);
    const known = Object.keys(schema.properties);
    for (const [name, answer] of Object.entries(value)) {
      const question = name.trim();
      if (!known.includes(question)) {
        tools.complain([...path, name], "unknown-question", { value: question, known: known.join(", ") });
      }
      read(schema.properties[known[0]], answer, [...path, name], name, tools);
    }
  },

  "practice-mention": mention,
  "output-mention": mention,
};

function mention(schema, value, path, key, tools) {
  const [byId, known, first] = schema.anyOf;
  if (Array.isArray(value)) return tools.complain(path, "expected-text", { key });
  if (!isMapping(value)) return read(byId, value, path, key, tools);
  const whole = { properties: { ...first.properties, ...known.properties }, required: [] };
  let isWrong = false;
  const complain = (...all) => {
    isWrong = true;
    tools.complain(...all);
  };
  readFields(whole, value, path, { ...tools, complain });
  if (value.id !== undefined) {
    const extra = first.required.find((name) => value[name] !== undefined);
    if (extra) {
      const rest = Object.keys(known.properties).join(", ");
      tools.complain([...path, extra], "unknown-key", { key: extra, known: rest });
    }
    return;
  }
  const missing = first.required.filter((name) => value[name] === undefined);
  for (const name of missing) tools.complain([...path, name], "missing-key", { key: name });
  if (missing.length || isWrong) return;
  if (!isId(slug(value.title, tools.settings.limits.id), tools.settings)) {
    tools.complain([...path, "title"], "not-an-id", { key: "title", value: value.title.trim() });
  }
}

// The sentence of a complaint, as the build says it; where the build would have a line written, what to do in the form.
export function sentenceOf({ code, values }, words) {
  const hint = values.near ? ["near", "near"] : values.known ? ["known", "known"] : null;
  const told = hint ? filled(words[`diagnostic-hint.${hint[0]}`], values) : "";
  return filled(words[`form.diagnostic.${code}`] ?? words[`diagnostic.${code}`], { ...values, hint: told });
}
