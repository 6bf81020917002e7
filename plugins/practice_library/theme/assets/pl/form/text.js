// Words as the library reads them: cleaned as a file is on the way in, made into ids, counted and filled in.

const CONTROLS = /(?![\t\n])[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
const HIDDEN = /(?<![\u{1f3f4}\u{e0020}-\u{e007e}])[\u{e0000}-\u{e007f}]/gu;
const LIGATURES = { œ: "oe", æ: "ae", ø: "o", ß: "ss", đ: "d", ł: "l", "’": "", "'": "", "ʼ": "", ŉ: "n" };

// What is pasted comes with marks that nobody sees and that the library refuses: they are taken out.
export function clean(text) {
  const plain = text
    .replace(/\r\n?/g, "\n")
    .replace(/\ufeff/g, "")
    .replace(/[\u2028\u2029]/g, " ")
    .replace(CONTROLS, "");
  let seen = plain, before;
  do {
    before = seen;
    seen = before.replace(HIDDEN, "");
  } while (seen !== before);
  return seen.normalize("NFC").replace(/^[\s]+|[\s]+$/gu, "");
}

export function fold(text) {
  const lower = [...text.toLowerCase()].map((letter) => LIGATURES[letter] ?? letter).join("");
  return lower.normalize("NFKD").toLowerCase().replace(/[\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\ufe20-\ufe2f]/g, "");
}

export function slug(text, longest) {
  const joined = fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return joined.slice(0, longest).replace(/^-+|-+$/g, "");
}

export function isId(text, settings) {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= settings.limits.id && !settings.reserved.includes(text);
}

// Letters count as readers count them, not as the machine stores them.
export const size = (text) => [...text].length;
export const bytes = (text) => new TextEncoder().encode(text).length;

export function filled(sentence, values = {}) {
  return sentence.replace(/\{\{|\}\}|\{(\w+)\}/g, (found, name) =>
    found === "{{" ? "{" : found === "}}" ? "}" : String(values[name] ?? ""));
}

// A pattern of the library's own language, in which letters of every script are letters.
export function pattern(source) {
  let inside = false;
  const written = source.replace(/\\.|[[\]]/gs, (found) => {
    if (found === "[") inside = true;
    if (found === "]") inside = false;
    if (found === "\\w") return inside ? "\\p{L}\\p{N}_" : "[\\p{L}\\p{N}_]";
    if (found === "\\d") return "\\p{Nd}";
    return /^\\[^\w\s()[\]{}.*+?^$|\\/-]$/.test(found) ? found[1] : found;
  });
  return new RegExp(written, "u");
}
