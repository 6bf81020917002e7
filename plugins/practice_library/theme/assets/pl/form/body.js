// What the build would complain of in the text of an entry, and in the file as a whole.

import { bytes, isId, pattern, slug } from "./text.js";

const CONTAINERS = /^[ \t]*(?:(?:>|(?:[-+*:]|\p{Nd}+[.)])(?=[ \t]))[ \t]*)+/u;
const RULE = /^ {0,3}(?:(?:-[ \t]*)+|(?:\*[ \t]*)+|(?:_[ \t]*)+)$/;
const ITEM = /^ {0,3}(?:([*+-])|\p{Nd}+\.) /u;
const HEADING = /^ {0,3}(?:#|=+[ \t]*$|-+[ \t]*$)/;
const LINKS = new RegExp(
  "^ {0,3}(`{3,}|~{3,})[^\\n]*\\n[\\s\\S]*?(?:^ {0,3}\\1[`~]*[ \\t]*$|$(?![\\s\\S]))" +
    "|(`+)[^\\n]*?(?<!`)\\2(?!`)" +
    "|\\[\\[(?<wiki>[^\\[\\]\\n|]+)(?:\\|[^\\[\\]\\n]*)?\\]\\]" +
    "|!\\[[^\\[\\]\\n]*\\](?:\\((?<picture>[^\\n]*?)\\)|\\[(?<named>[^\\[\\]\\n]*)\\])" +
    "|(?<!!)\\[[^\\[\\]\\n]*\\]\\((?<file><[^<>\\n:?#]+\\.\\w{1,8}(?:#[^<>\\n]*)?>|(?!//)[^()\\s:?#<>]+\\.\\w{1,8}(?:#[^()\\s]*)?)",
  "gmu",
);

export function checkBody(body, context) {
  return [...tooMuch(body, context.settings.limits), ...links(body, context)];
}

// Too much markup for one paragraph; the counterpart of the library's own limits.
function tooMuch(body, limits) {
  const none = () => Object.fromEntries(Object.keys(limits.marks).map((mark) => [mark, 0]));
  let marks = none(), headings = 0, notes = 0, bullets = null, told = false;
  const found = [];
  for (const line of body.split("\n")) {
    if (!line.trim()) {
      marks = none();
      told = false;
      continue;
    }
    const item = ITEM.exec(line);
    if (!marks["\n"]) bullets = item ? Boolean(item[1]) : null;
    else if (item && Boolean(item[1]) === bullets) marks = { ...none(), "\n": marks["\n"] };
    for (const mark of Object.keys(marks)) marks[mark] += line.split(mark).length - 1;
    marks["\n"] += 1;
    headings += HEADING.test(line) ? 1 : 0;
    notes += line.split("[^").length - 1;
    const isOver = Object.entries(marks).some(([mark, count]) => count > limits.marks[mark]);
    if (!told && (isDeep(line, limits) || isOver || Math.max(headings, notes) > limits.ofKind)) {
      told = true;
      found.push({ path: ["body"], code: "too-much-markup", values: {} });
    }
  }
  return found;
}

function isDeep(line, limits) {
  const containers = RULE.test(line) ? null : CONTAINERS.exec(line);
  const depth = containers ? containers[0].replace(/[ \t\p{Nd}]/gu, "").length : 0;
  let columns = 0;
  for (const sign of /^[ \t]*/.exec(line)[0]) columns += sign === "\t" ? 4 - (columns % 4) : 1;
  return depth > limits.quoteDepth || columns > limits.indent || line.split("|").length - 1 > limits.columns + 1;
}

function* links(body, context) {
  for (const { groups } of body.matchAll(LINKS)) {
    if (groups.wiki !== undefined) yield* wiki(groups.wiki, context);
    else if (groups.picture !== undefined || groups.named !== undefined) {
      yield { path: ["body"], code: "unknown-picture", values: { value: (groups.picture ?? groups.named).trim() } };
    } else if (groups.file !== undefined) {
      yield { path: ["body"], code: "broken-link", values: { value: groups.file } };
    }
  }
}

const KINDS = { practice: "practices", space: "spaces", output: "outputs", harvest: "harvests" };

function* wiki(written, { known }) {
  const cut = written.trim().lastIndexOf(":");
  const kind = cut < 0 ? "practice" : written.trim().slice(0, cut).trim();
  const value = (cut < 0 ? written : written.trim().slice(cut + 1)).trim();
  if (!(kind in KINDS) && !(kind in known.terms)) {
    const all = [...Object.keys(KINDS), ...Object.keys(known.terms)].join(", ");
    yield { path: ["body"], code: "unknown-link-kind", values: { value: kind, known: all } };
  } else if (!known.has(kind, value)) {
    yield { path: ["body"], code: `unknown-${kind}`, values: { value } };
  }
}

// The limits on a file, and what would give somebody away.
export function checkWhole({ head, text }, front, body, { settings, isHealing }) {
  const found = [], { limits } = settings;
  const whole = (code, values) => found.push({ path: [], code, values });
  if (bytes(head) > limits.frontMatter) {
    whole("too-large", { size: Math.floor(bytes(head) / 1024) + 1, limit: limits.frontMatter / 1024 });
  }
  if (bytes(text) > limits.file) whole("too-large", { size: Math.floor(bytes(text) / 1024), limit: limits.file / 1024 });
  if (head.split(/[[{]/).length - 1 > limits.flow) whole("too-deep", { limit: limits.flow });
  for (const detail of personal({ ...front, body }, settings)) found.push({ ...detail, isAdvice: !isHealing });
  return found;
}

const SILENT = new Set(["aliases", "consent", "language"]);

function* personal(front, settings) {
  const forms = Object.entries(settings.forms).map(([code, source]) => [code, pattern(source)]);
  for (const [key, value] of Object.entries(front)) {
    if (SILENT.has(key)) continue;
    const texts = key === "body" ? value.split("\n") : [...within(value)];
    for (const [code, form] of forms) {
      if (texts.some((text) => form.test(text))) yield { path: [key], code, values: {} };
    }
  }
}

function* within(value) {
  if (typeof value === "string") yield value;
  else for (const [key, inner] of Object.entries(value ?? {})) if (key !== "consent") yield* within(inner);
}

// Whether names lead to something, and whether new names are free.
export function checkReferences(kind, front, place, { known, settings }) {
  const found = [];
  const lacks = (path, of, value) => {
    if (!known.has(of, value)) found.push({ path, code: `unknown-${of}`, values: { value } });
  };
  for (const [key, of] of [["practices", "practice"], ["outputs", "output"]]) {
    (front[key] ?? []).forEach((item, row) => {
      if (typeof item === "string") lacks([key, row], of, item);
      else if (item.id !== undefined) lacks([key, row], of, item.id);
      else if (item.title) taken([key, row, "title"], of, slug(item.title, settings.limits.id));
    });
  }
  (front.related ?? []).forEach((item, row) => lacks(["related", row], "practice", item));
  if (front.parent) lacks(["parent"], "space", front.parent);
  const title = front.title ?? "";
  if (kind !== "harvest" && title && !isId(place.id, settings)) found.push({ path: ["title"], code: "bad-name", values: { name: title } });
  else if (kind === "space" && ["practices", "outputs", "space"].includes(place.id)) {
    found.push({ path: ["title"], code: "bad-name", values: { name: title } });
  } else if (kind === "practice" && place.id === "space") found.push({ path: ["title"], code: "bad-name", values: { name: title } });
  else if (kind !== "harvest" && title) taken(["title"], kind, place.id);
  return found;

  function taken(path, of, id) {
    const other = known.titleOf(of, id);
    if (other !== undefined) found.push({ path, code: "duplicate-definition", values: { id, other } });
  }
}
