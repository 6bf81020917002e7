// How an entry will look, built element by element: what was typed never becomes markup of the page.

import { publicPart } from "./note.js";

function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside.filter((part) => part !== null && part !== undefined));
  return made;
}

const heading = (text) => element("p", "pl-look__heading", text);

export function preview(made, kind, { say, words, known, label, terms, today, isShown }) {
  const front = isShown ? publicPart(made.front, made.isHealing, today) : made.front;
  const share = front.consent?.share ?? (made.isHealing ? "summary" : "full");
  const whole = share === "full";
  const held = (made.front.quotes?.length ?? 0) - (front.quotes?.length ?? 0);
  return [
    isShown ? null : element("p", "pl-notice", say("held")),
    element("p", "pl-look__title", front.title ?? say("untitled")),
    front.content_note && whole ? element("p", "pl-notice pl-notice--content-note", say("content-note", { note: front.content_note })) : null,
    front.summary ? element("p", "pl-lead", front.summary) : null,
    facts(front, kind, whole, label, terms),
    front.purpose ? element("p", "", front.purpose) : null,
    ...(whole ? prose(made.body, known) : []),
    ...practices(front, kind, { say, words, known, whole }),
    ...(whole ? quotes(front.quotes ?? [], say) : []),
    whole && held > 0 ? element("p", "pl-quiet", say("held-quotes", { count: held })) : null,
    ...(whole ? reflections(front.reflections ?? {}, say, terms) : []),
    ...(whole ? points(front, say) : []),
    ...(whole ? chips(front, say, terms) : []),
    ...outputs(front, say, known),
  ].filter(Boolean);
}

function facts(front, kind, whole, label, terms) {
  const keys = { harvest: ["date"], space: ["type", "host", "started", "ended"], practice: ["time", "group_size"] }[kind];
  const more = { harvest: ["participants"], space: ["initiative", "region"], practice: [] }[kind];
  const shown = [...keys, ...(whole ? more : [])].filter((key) => front[key]);
  if (!shown.length) return null;
  return element("dl", "pl-look__facts", ...shown.map((key) => element("div", "", element("dt", "", label(key)), element("dd", "", terms(front[key])))));
}

function practices(front, kind, { say, words, known, whole }) {
  const items = front.practices ?? [];
  if (!items.length) return [];
  const shown = items.map((item) => {
    const { id, title, relation = "worked", note } = typeof item === "string" ? { id: item } : item;
    const name = element("strong", "", title ?? known.titleOf("practice", id) ?? id);
    const how = kind === "harvest" ? element("b", relation === "worked" ? "" : `pl-${relation}`, words[`relation.${relation}`]) : null;
    return element("li", "", how, " ", name, note && whole ? element("p", "", note) : null);
  });
  return [heading(say(kind === "harvest" ? "worked-with" : "practices")), element("ul", "pl-look__list", ...shown)];
}

function quotes(found, say) {
  if (!found.length) return [];
  const shown = found.map(({ text, name, role, organisation }) =>
    element("figure", "pl-quote", element("blockquote", "", ...paragraphs(text)),
      element("figcaption", "", [name, role, organisation].filter(Boolean).join(", ") || say("anonymous"))));
  return [heading(say("quote")), ...shown];
}

function reflections(answers, say, terms) {
  const entries = Object.entries(answers);
  if (!entries.length) return [];
  return [heading(say("reflections")), ...entries.flatMap(([key, text]) => [element("p", "", element("strong", "", terms(key))), ...paragraphs(text)])];
}

function points(front, say) {
  if (!front.watch_for) return [];
  return [heading(say("watch")), element("ul", "", ...front.watch_for.map((text) => element("li", "", text)))];
}

function chips(front, say, terms) {
  return [["principles", front.principles], ["approaches", front.approaches]].flatMap(([name, items]) => {
    if (!items?.length) return [];
    const shown = items.map((item) => {
      const [id, words] = typeof item === "string" ? [item, ""] : Object.entries(item)[0];
      return element("li", "", terms(id), words ? element("p", "pl-quiet", words) : null);
    });
    return [heading(say(name)), element("ul", "pl-look__list", ...shown)];
  });
}

function outputs(front, say, known) {
  if (!front.outputs?.length) return [];
  const shown = front.outputs.map((item) => element("li", "", typeof item === "string" ? (known.titleOf("output", item) ?? item) : item.title ?? ""));
  return [heading(say("outputs")), element("ul", "pl-look__list", ...shown)];
}

const paragraphs = (text) => text.split(/\n\s*\n/).map((part) => element("p", "", part.replace(/\s+/g, " ")));

// Enough of Markdown to recognise one's own text: headings, lists, quotations, emphasis, links.
function prose(body, known) {
  return body.split(/\n\s*\n/).filter((part) => part.trim()).flatMap((part) => blocks(part, known));
}

function blocks(part, known) {
  const lines = part.split("\n");
  const title = /^#{1,6}[ \t]+(.*)$/.exec(lines[0]);
  if (title) return [heading(title[1]), ...(lines.length > 1 ? blocks(lines.slice(1).join("\n"), known) : [])];
  if (lines.every((line) => /^\s*(?:[-*+]|\d+[.)])\s/.test(line))) {
    const items = lines.map((line) => element("li", "", ...inline(line.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, ""), known)));
    return [element(/^\s*\d/.test(lines[0]) ? "ol" : "ul", "", ...items)];
  }
  if (lines.every((line) => /^\s*>/.test(line))) {
    return [element("blockquote", "", element("p", "", ...inline(lines.map((line) => line.replace(/^\s*>\s?/, "")).join(" "), known)))];
  }
  return [element("p", "", ...inline(lines.join(" "), known))];
}

function inline(text, known) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(/\[\[([^\][|]+)(?:\|([^\][]*))?\]\]|\[([^\][]+)\]\([^()]*\)|(\*\*|__)(.+?)\4|([*_])(\S.*?)\6|`([^`]+)`/g)) {
    const [whole, wiki, label, link, , strong, , stressed, code] = found;
    parts.push(text.slice(end, found.index));
    end = found.index + whole.length;
    if (wiki !== undefined) parts.push(element("u", "", label || known.titleOf("practice", wiki.replace(/^practice:/, "").trim()) || wiki));
    else if (link !== undefined) parts.push(element("u", "", link));
    else if (strong !== undefined) parts.push(element("strong", "", strong));
    else if (stressed !== undefined) parts.push(element("em", "", stressed));
    else parts.push(element("code", "", code));
  }
  return [...parts, text.slice(end)];
}
