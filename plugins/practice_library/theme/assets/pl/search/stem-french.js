// French words cut to their stems, by the Snowball algorithm of that name.
//
// In: a word in small letters, with its accents or without. Out: its stem, the same as snowballstemmer gives
// in Python, where the index is made; tests/test_stemmers.py compares the two. The steps bear the names of
// the published description: https://snowballstem.org/algorithms/french/stemmer.html. Called by the search,
// for what is typed.

const longest = (endings) => new RegExp(`(?:${endings.trim().split(/\s+/).join("|")})$`); // leftmost: longest

const V = "aeiouyàâèéêëîïôùû";
const SOUNDS_AS_CONSONANT = new RegExp(`[${V}](?:[ui](?=[${V}])|y)|y(?=[${V}])|qu`, "g");
const VERB_REGION = new RegExp(`^(?:[${V}]{2}.|col|par|tap|ni[${V}]|.[^${V}]*[${V}])`, "u");
const REGION = new RegExp(`^[^${V}]*[${V}]+[^${V}]`, "u");
const VOWEL = new RegExp(`[${V}]$`);
const CONSONANT = new RegExp(`[^${V}]$`, "u");
const CONSONANT_BUT_H = new RegExp(`[^${V}H]$`, "u");
const DOUBLED = /(?:enn|onn|ett|ell|eill)$/;
const ACCENT_BEFORE_CONSONANTS = new RegExp(`[éè](?=[^${V}]+$)`, "u");

const STANDARD = longest(`
  iqUes? atrices? ances? ences? logies? ables? ismes? euses? istes? ives? ifs? usions? ations? utions? ateurs?
  ments? ements? issements? amment emment ités? eaux aux eux oux`);
const I_VERB = longest(`
  ira ie isse issante i irai ir iras ies îmes isses issantes îtes is irais issais irions issions irons issons
  issants it irait issait issant iraIent issaIent irent issent iront ît iriez issiez irez issez`);
const VERB = longest(`
  a era aise asse ante ée ai erai er as eras âmes aises asses antes âtes ées ais eais erais ions erions assions
  erons ants és ait erait ant aIent eraIent èrent assent eront ât ez iez eriez assiez erez é`);
const TAKES_E_ALONG = /^(?:a|asse|ante|ai|as|âmes|asses|antes|âtes|assions|ants|ait|ant|aIent|assent|ât|assiez)$/;

/** Give the stem of a word that is in small letters. */
export function stem(word) {
  const given = marked(word);
  const parts = regions(given);
  const { form, changed } = withoutEnding(given, parts);
  const rest = changed ? form.replace(/Y$/, "i").replace(/ç$/, "c") : withoutResidue(form, parts);
  const single = DOUBLED.test(rest) ? rest.slice(0, -1) : rest;
  return unmarked(single.replace(ACCENT_BEFORE_CONSONANTS, "e"));
}

// Capitals are vowels that sound as consonants, and H the trema of the vowel that follows it.
function marked(word) {
  return word
    .replace(/^(?:[cdjlmnst]|qu)'(?=.)/, "")
    .replace(SOUNDS_AS_CONSONANT, (sounds) => sounds.slice(0, -1) + sounds.at(-1).toUpperCase())
    .replaceAll("ë", "He")
    .replaceAll("ï", "Hi");
}

function unmarked(form) {
  const letters = { I: "i", U: "u", Y: "y", He: "ë", Hi: "ï", H: "" };
  return form.replace(/H[ei]?|[IUY]/g, (mark) => letters[mark]);
}

// Where each region of the word begins: that of verbs, R1 and R2.
function regions(form) {
  const first = start(form, REGION, 0);
  return { verb: start(form, VERB_REGION, 0), first, second: start(form, REGION, first) };
}

function start(form, region, from) {
  const found = region.exec(form.slice(from));
  return found ? from + found[0].length : form.length;
}

// Steps 1 and 2: the first of three ways that succeeds; one that fails may still have changed the word.
function withoutEnding(given, parts) {
  let form = given;
  for (const step of [standard, iVerb, verb]) {
    const done = step(form, parts);
    if (done.changed) return done;
    form = done.form;
  }
  return { form, changed: false };
}

const kept = (form) => ({ form, changed: false });
const cut = (form) => ({ form, changed: true });

// Step 1: endings of nouns, adjectives and adverbs.
function standard(form, parts) {
  const ending = STANDARD.exec(form)?.[0];
  if (!ending) return kept(form);
  const before = form.slice(0, -ending.length);
  const singular = ending.replace(/s$/, "");
  if (singular in OTHER) return OTHER[singular](before, parts) ?? kept(form);
  if (before.length < parts.second) return kept(form);
  return cut(BEFORE[singular]?.(before, parts) ?? before + (INSTEAD[singular] ?? ""));
}

const INSTEAD = { logie: "log", usion: "u", ution: "u", ence: "ent" };

// What goes along with an ending, where it stands before it.
const ic = (form, { second }) => shed(form, "ic", second, "iqU");
const at = (form, parts) => {
  const shorter = shed(form, "at", parts.second);
  return shorter === form ? form : ic(shorter, parts);
};
const abil = (form, parts) => {
  if (form.endsWith("abil")) return shed(form, "abil", parts.second, "abl");
  return form.endsWith("iv") ? shed(form, "iv", parts.second) : ic(form, parts);
};
const BEFORE = { atrice: ic, ateur: ic, ation: ic, ité: abil, if: at, ive: at };

// Endings with a rule of their own; none is given back where it does not hold.
const OTHER = {
  ement: (before, parts) => (before.length < parts.verb ? null : cut(beforeEment(before, parts))),
  issement: (before, { first }) => (before.length >= first && CONSONANT.test(before) ? cut(before) : null),
  amment: (before, parts) => (before.length < parts.verb ? null : kept(`${before}ant`)),
  emment: (before, parts) => (before.length < parts.verb ? null : kept(`${before}ent`)),
  ment: (before, parts) => (before.length > parts.verb && VOWEL.test(before) ? kept(before) : null),
  eaux: (before) => cut(`${before}eau`),
  aux: (before, { first }) => (before.length < first ? null : cut(`${before}al`)),
  oux: (before) => (/[bhjlnp]$/.test(before) ? cut(`${before}ou`) : null),
  euse: (before, { first, second }) => {
    if (before.length < first) return null;
    return cut(before.length < second ? `${before}eux` : before);
  },
};

function beforeEment(form, { verb, first, second }) {
  if (form.endsWith("iv")) {
    const shorter = shed(form, "iv", second);
    return shorter === form ? form : shed(shorter, "at", second);
  }
  if (form.endsWith("eus")) return shed(form, "eus", second, form.length - 3 < first ? "eus" : "eux");
  if (/[Ii]èr$/.test(form)) return form.length - 3 < verb ? form : `${form.slice(0, -3)}i`;
  return shed(shed(form, "abl", second), "iqU", second);
}

// The form without an ending, if that lies in the region; else with something in its place.
function shed(form, ending, region, otherwise = ending) {
  if (!form.endsWith(ending)) return form;
  const before = form.slice(0, -ending.length);
  return before.length < region ? before + otherwise : before;
}

// Step 2a: endings of verbs that begin with i.
function iVerb(form, parts) {
  const ending = I_VERB.exec(form.slice(parts.verb));
  if (!ending || !CONSONANT_BUT_H.test(ending.input.slice(0, ending.index))) return kept(form);
  return cut(form.slice(0, -ending[0].length));
}

// Step 2b: endings of other verbs.
function verb(form, parts) {
  const ending = VERB.exec(form.slice(parts.verb))?.[0];
  if (!ending) return kept(form);
  const before = form.slice(0, -ending.length);
  if (ending === "ions" && before.length < parts.second) return kept(form);
  if (/^aises?$|^ais$/.test(ending) && /^.al$|épl$|auv$/u.test(before)) return kept(form);
  const e = TAKES_E_ALONG.test(ending) && before.endsWith("e") && before.length > parts.verb;
  return cut(e ? before.slice(0, -1) : before);
}

// Step 4, where no other ending was found.
function withoutResidue(given, parts) {
  const form = given.replace(/(Hi|[^aiosuè])s$/u, "$1");
  const ending = /(?:[Ii]ère|[Ii]er|ion|e)$/.exec(form.slice(parts.verb));
  if (!ending) return form;
  const before = form.slice(0, -ending[0].length);
  if (ending[0] === "e") return before;
  if (ending[0] !== "ion") return `${before}i`;
  return before.length >= parts.second && /[st]ion$/.test(ending.input) ? before : form;
}
