// What a query says of the time there is and of the size of the group: "Thursday, twelve people, one hour".
import { folded } from "./words.js";

const NUMBERS = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12 },
  ...{ fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90 },
  ...{ un: 1, une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, sept: 7, huit: 8, neuf: 9, dix: 10, onze: 11, douze: 12 },
  ...{ quinze: 15, vingt: 20, trente: 30, quarante: 40, cinquante: 50, soixante: 60 },
};
const NUMBER = `(\\d{1,3}|${Object.keys(NUMBERS).join("|")})`;
const GAP = "[\\s\\-\\u2010\\u2011]*";
const PEOPLE = new RegExp(`\\b${NUMBER}${GAP}(?:people|persons|participants|participantes|members|personnes|membres|gens)\\b`, "u");
const MINUTES = new RegExp(`\\b${NUMBER}${GAP}(?:minutes?|min)\\b`, "u");
const HOURS = new RegExp(`\\b${NUMBER}${GAP}(?:hours?|heures?|hrs?|h)\\b`, "u");
const PARTS = [
  [/\bhalf an? hour\b|\bhalf hour\b|\b(?:une )?demi[- ]heure\b/u, 30],
  [/\b(?:a )?quarter of an hour\b|\b(?:un )?quart heure\b/u, 15],
  [/\bhalf an? day\b|\bhalf day\b|\b(?:une )?demi[- ]journee\b/u, 240],
];
const FEWEST = 3; // fewer people are told of in passing: "one person talks, two people are silent"
const STEPS = [15, 30, 60, 120, 240]; // the most minutes of each value of the facet: `facets.TIMES`
const UNITS = { minutes: 1, hour: 60, hours: 60, half: 240 };

/**
 * The values of facets that would fit, each with the words that said so: `{ facet, value, words }`. Nothing for
 * a facet whose values no document has.
 */
export function fitting(text, facets) {
  const plain = folded(text);
  const found = [];
  const people = PEOPLE.exec(plain);
  if (people && numberOf(people[1]) >= FEWEST) found.push(wish("group", groupOf, numberOf(people[1]), people[0], facets));
  const time = timeIn(plain);
  if (time) found.push(wish("time", timeOf, time.minutes, time.words, facets));
  return found.filter(({ value }) => value);
}

const numberOf = (written) => NUMBERS[written] ?? Number(written);

function timeIn(plain) {
  for (const [pattern, minutes] of PARTS) {
    const match = pattern.exec(plain);
    if (match) return { minutes, words: match[0] };
  }
  const hours = HOURS.exec(plain);
  if (hours) return { minutes: 60 * numberOf(hours[1]), words: hours[0] };
  const minutes = MINUTES.exec(plain);
  return minutes && { minutes: numberOf(minutes[1]), words: minutes[0] };
}

function wish(facet, choose, number, words, facets) {
  const ids = facets.find(({ id }) => id === facet)?.ids ?? [];
  return { facet, value: choose(number, ids), words };
}

/** The value `3-5`, or `26` for 26 and more, that a number of people lies in. */
function groupOf(people, ids) {
  return ids.find((id) => {
    const [low, high = low < FEWEST ? low : Infinity] = id.split("-").map(Number);
    return low <= people && people <= high;
  });
}

/** The value `30-minutes`, `1-hour`, `half-day` of the least time that is enough; nothing where nothing fits into it. */
function timeOf(minutes, ids) {
  const enough = STEPS.find((step) => minutes <= step);
  return ids.find((id) => minutesOf(id) === enough);
}

function minutesOf(id) {
  const [number, unit] = id.split("-");
  return number === "half" ? UNITS.half : Number(number) * UNITS[unit];
}
