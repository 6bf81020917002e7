// Front matter written so that every reader of YAML takes each value for just the text it is.

const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N} ,.;!?()'’“”«»…/%+–—-]*[\p{L}\p{N},.;!?()'’”»…%+–—-])?$/u;
const GUESSED = /^(?:true|false|yes|no|on|off|y|n|null|none|nan|[\d.,_+-]+(?:[eE][\d+-]+)?|0[xob][\da-f_]+|[\d:.]+)$/i;
const DATED = /^\d{4}-\d/;
const SIMPLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export function yamlOf(front, raw) {
  return Object.entries(front).map(([key, value]) => entry(key, value, "", raw.has(key))).join("");
}

function entry(key, value, indent, isRaw) {
  const name = SIMPLE.test(key) || /^[a-z_]+$/.test(key) ? key : quoted(key);
  return `${indent}${name}:${written(value, indent, isRaw)}`;
}

function written(value, indent, isRaw) {
  if (Array.isArray(value)) return list(value, indent);
  if (value !== null && typeof value === "object") return mapping(value, indent);
  return ` ${isRaw ? String(value) : scalar(String(value), `${indent}  `)}\n`;
}

function mapping(value, indent) {
  const pairs = Object.entries(value);
  if (!pairs.length) return " {}\n";
  if (pairs.every(([key, word]) => SIMPLE.test(key) && typeof word === "string" && isBare(word))) {
    return ` {${pairs.map(([key, word]) => `${key}: ${word}`).join(", ")}}\n`;
  }
  return `\n${pairs.map(([key, inner]) => entry(key, inner, `${indent}  `, false)).join("")}`;
}

function list(items, indent) {
  if (!items.length) return " []\n";
  if (items.every((item) => typeof item === "string" && isBare(item))) return ` [${items.join(", ")}]\n`;
  return `\n${items.map((item) => listItem(item, `${indent}  `)).join("")}`;
}

function listItem(item, indent) {
  if (Array.isArray(item)) return `${indent}-${list(item, indent)}`;
  if (item === null || typeof item !== "object") return `${indent}- ${scalar(String(item), `${indent}  `)}\n`;
  const pairs = Object.entries(item);
  if (!pairs.length) return `${indent}- {}\n`;
  const inner = pairs.map(([key, value]) => entry(key, value, `${indent}  `, false)).join("");
  return `${indent}- ${inner.slice(indent.length + 2)}`;
}

// Ids, dates and words of the schema: safe even between brackets.
const isBare = (word) => SIMPLE.test(word) && (DATED.test(word) || !GUESSED.test(word));

function scalar(text, indent) {
  if (text.includes("\n")) return isBlock(text) ? block(text, indent) : quoted(text);
  return PLAIN.test(text) && !GUESSED.test(text) && !DATED.test(text) ? text : quoted(text);
}

function isBlock(text) {
  return /^\S/.test(text) && /\S$/.test(text) && !/[\t\u0085\u00a0]|[^\S\n]$/mu.test(text);
}

function block(text, indent) {
  return `|-\n${text.split("\n").map((line) => (line ? indent + line : "")).join("\n")}`;
}

function quoted(text) {
  const inner = text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t");
  return `"${inner.replace(/(\\[nt"\\])(\p{M}+)/gu, (_, sign, marks) => sign + [...marks].map(escaped).join(""))}"`;
}

// A mark that would melt into the letter of an escape when the file is read is written as its number.
const escaped = (mark) => `\\U${mark.codePointAt(0).toString(16).padStart(8, "0")}`;
