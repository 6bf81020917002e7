// English words cut to their stems, by the Snowball algorithm of that name (M. F. Porter's second).
//
// In: a word in small letters. Out: its stem, the same as snowballstemmer gives in Python, where the index
// is made; tests/test_stemmers.py compares the two. The steps bear the names of the published description:
// https://snowballstem.org/algorithms/english/stemmer.html. Called by the search, for what is typed.

const longest = (endings) => new RegExp(`(?:${endings.join("|")})$`); // leftmost, so the longest that fits
const table = (text) => new Map(text.trim().split(/\s+/).map((pair) => pair.split(":")));

const WHOLE = table(`
  skis:ski skies:sky idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl
  andes:andes atlas:atlas bias:bias cosmos:cosmos howe:howe news:news sky:sky`);
const REGION = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers|[^aeiouy]*[aeiouy]+[^aeiouy])/u;
const NEXT_REGION = /^[^aeiouy]*[aeiouy]+[^aeiouy]/u;
const SHORT = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/u;

const STEP_2 = table(`
  tional:tion enci:ence anci:ance abli:able entli:ent izer:ize ization:ize ational:ate ation:ate ator:ate
  alism:al aliti:al alli:al fulness:ful ousli:ous ousness:ous iveness:ive iviti:ive biliti:ble bli:ble
  ogist:og fulli:ful lessli:less ogi:og li:`);
const STEP_3 = table(`
  tional:tion ational:ate alize:al icate:ic iciti:ic ical:ic ful: ness: ative:`);
const STEP_2_ENDING = longest([...STEP_2.keys()]);
const STEP_3_ENDING = longest([...STEP_3.keys()]);
const STEP_4_ENDING = longest(
  "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion".split(" "),
);

/** Give the stem of a word that is in small letters. */
export function stem(word) {
  if (WHOLE.has(word)) return WHOLE.get(word);
  if (/^.{0,2}$/u.test(word)) return word;
  // A capital Y is one that sounds as a consonant.
  let form = word.replace(/^'/, "").replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const first = start(form, REGION, 0);
  const second = start(form, NEXT_REGION, first);
  form = plural(form);
  form = past(form, first);
  form = form.replace(/(.[^aeiouy])[yY]$/u, "$1i");
  form = derived(form, first);
  form = derivedAgain(form, first, second);
  form = bare(form, second);
  form = last(form, first, second);
  return form.replaceAll("Y", "y");
}

// Where a region begins: after the first consonant that follows a vowel, or at the end of the word.
function start(form, region, from) {
  const found = region.exec(form.slice(from));
  return found ? from + found[0].length : form.length;
}

// Step 1a.
function plural(given) {
  const form = given.replace(/(?:'s'|'s|')$/, "");
  if (/sses$/.test(form)) return form.slice(0, -2);
  if (/ie[ds]$/.test(form)) return /^.?ie[ds]$/u.test(form) ? form.slice(0, -1) : form.slice(0, -2);
  return /[aeiouy].*[^us]s$/u.test(form) ? plainS(form) : form;
}

// A vowel further back than the letter before the s: "gaps", but not "gas".
function plainS(form) {
  return /[aeiouy].+s$/u.test(form) ? form.slice(0, -1) : form;
}

// Step 1b.
function past(form, first) {
  const ending = /(?:eed|eedly|ed|edly|ing|ingly)$/.exec(form);
  if (!ending) return form;
  const before = form.slice(0, ending.index);
  if (ending[0].startsWith("eed")) {
    return before.length < first || /^(?:succ|proc|exc)$/.test(before) ? form : `${before}ee`;
  }
  if (ending[0] === "ing") {
    if (/^(?:even|cann|inn|earr|herr|out)$/.test(before)) return form;
    if (/^[^aeiouy]y$/u.test(before)) return before.replace("y", "ie");
  }
  return /[aeiouy]/.test(before) ? mended(before, first) : form;
}

// What is left of a verb: "hop" of "hopp", "hope" of "hop", by what it had been.
function mended(form, first) {
  if (/(?:at|bl|iz)$/.test(form)) return `${form}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(form)) return /^[aeo]..$/.test(form) ? form : form.slice(0, -1);
  return form.length === first && SHORT.test(form) ? `${form}e` : form;
}

// Step 2.
function derived(form, first) {
  const ending = STEP_2_ENDING.exec(form);
  if (!ending || ending.index < first) return form;
  const before = form.slice(0, ending.index);
  if (ending[0] === "ogi" && !before.endsWith("l")) return form;
  if (ending[0] === "li" && !/[cdeghkmnrt]$/.test(before)) return form;
  return before + STEP_2.get(ending[0]);
}

// Step 3.
function derivedAgain(form, first, second) {
  const ending = STEP_3_ENDING.exec(form);
  if (!ending || ending.index < (ending[0] === "ative" ? second : first)) return form;
  return form.slice(0, ending.index) + STEP_3.get(ending[0]);
}

// Step 4.
function bare(form, second) {
  const ending = STEP_4_ENDING.exec(form);
  if (!ending || ending.index < second) return form;
  const before = form.slice(0, ending.index);
  return ending[0] === "ion" && !/[st]$/.test(before) ? form : before;
}

// Step 5.
function last(form, first, second) {
  const before = form.slice(0, -1);
  const at = before.length;
  if (form.endsWith("e") && (at >= second || (at >= first && !SHORT.test(before)))) return before;
  return form.endsWith("ll") && at >= second ? before : form;
}
