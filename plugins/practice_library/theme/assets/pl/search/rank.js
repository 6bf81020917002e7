// From concepts to documents: which of them tell what was asked, and how well.
import { eachPosting } from "./store.js";

const COVERAGE = 0.5; // how much it matters to tell every concept, 0 for not at all
const NEIGHBOUR = 0.08; // what the score of a document adds to its nearest neighbours
const FEW = 10; // results below which neighbours are results too
const ENOUGH = 20; // results from which those that tell less are left out
const SHARES = [0.6, 0.34]; // of a query's weight that a result has to tell, the first that gives enough
const PRIOR = { practice: 1, space: 0.85, output: 0.85, initiative: 0.8, harvest: 0.75 };
const TERM = 0.7;
const FITS = 3; // what fitting the time or the group counts, as the rarity of a word
const ANSWERS = 1.25; // how much sooner practices come to a question

/** The rarity of a word that so many of all documents have. */
export function rarity(documents, total) {
  return Math.log(1 + (total - documents + 0.5) / (documents + 0.5));
}

/** The scores of all documents for one concept: those of its best alternative. */
function told({ alternatives }, catalogue) {
  const scores = new Float32Array(catalogue.total);
  let own = 0;
  for (const { names, weight, cap } of alternatives) {
    const rarities = names.map((forms) => Math.min(...forms.map((f) => rarity(f.documents, catalogue.total))));
    const rare = Math.min(...rarities);
    const factor = weight * (cap && own ? Math.min(rare, own * cap) : rare);
    if (!cap) own = Math.max(own, rare);
    const impacts = names.map((forms) => impactsOf(forms, catalogue));
    for (const [number, impact] of impacts[0]) {
      let least = impact;
      for (const other of impacts) least = Math.min(least, other.get(number) ?? 0);
      if (factor * least > scores[number]) scores[number] = factor * least;
    }
    own ||= rare * weight;
  }
  return { scores, weight: own };
}

/** The scores of all documents for a value of a facet that fits. */
function fitted({ facet, value }, { facets, total }) {
  const { ids, from, values } = facets.find(({ id }) => id === facet);
  const wanted = ids.indexOf(value);
  const scores = new Float32Array(total);
  for (let n = 0; n < total; n++) {
    for (let v = from[n]; v < from[n + 1]; v++) if (values[v] === wanted) scores[n] = FITS;
  }
  return { scores, weight: FITS };
}

function impactsOf(forms, { starts }) {
  const found = new Map();
  for (const form of forms) {
    eachPosting(form, starts, (number, impact) => {
      if (impact > (found.get(number) ?? 0)) found.set(number, impact);
    });
  }
  return found;
}

/**
 * Scores of all documents, 0 for those that are no result, and whether one of them tells every concept.
 * Without concepts, all are results, in the order of browsing.
 */
export function scored({ concepts, fits }, catalogue, question) {
  const known = concepts.filter(({ alternatives }) => alternatives.length);
  if (!concepts.length && !fits.length) return { scores: browsing(catalogue), all: true };
  const parts = [...known.map((concept) => told(concept, catalogue)), ...fits.map((fit) => fitted(fit, catalogue))];
  const whole = parts.reduce((sum, part) => sum + part.weight, 0);
  const scores = new Float32Array(catalogue.total);
  const shares = new Float32Array(catalogue.total);
  for (let n = 0; n < scores.length; n++) {
    let sum = 0;
    let share = 0;
    for (const part of parts) {
      if (!part.scores[n]) continue;
      sum += part.scores[n];
      share += part.weight / whole;
    }
    if (!sum) continue;
    scores[n] = sum * share ** COVERAGE * prior(n, catalogue, question);
    shares[n] = share;
  }
  cut(scores, shares);
  return { scores: withNeighbours(scores, catalogue), all: known.length === concepts.length && shares.some(isWhole) };
}

const isWhole = (share) => share > 0.999;

function prior(number, catalogue, question) {
  const kind = kindOf(number, catalogue);
  return (PRIOR[kind] ?? TERM) * (question && kind === "practice" ? ANSWERS : 1);
}

export function kindOf(number, { facets }) {
  const kinds = facets.find(({ id }) => id === "kind");
  return kinds.ids[kinds.values[kinds.from[number]]];
}

/** Leave out what tells too little of a query, where enough tells more. */
function cut(scores, shares) {
  for (const least of SHARES) {
    let count = 0;
    for (const share of shares) if (share >= least) count++;
    if (count < ENOUGH) continue;
    for (let n = 0; n < scores.length; n++) if (shares[n] < least) scores[n] = 0;
    return;
  }
}

/** Let each result speak for those that are near it; where there are few, they become results. */
function withNeighbours(scores, catalogue) {
  let count = 0;
  for (const score of scores) if (score) count++;
  const found = scores.slice();
  for (let n = 0; n < scores.length; n++) {
    if (!scores[n]) continue;
    for (const [other, near] of catalogue.near[n]) {
      if (scores[other] || count < FEW) found[other] += NEIGHBOUR * near * scores[n];
    }
  }
  return found;
}

/** Everything, in the order of browsing: by weight, then as the index has it. */
function browsing({ weights, total }) {
  return Float32Array.from(weights, (weight, n) => weight + 0.5 * (1 - n / total));
}
