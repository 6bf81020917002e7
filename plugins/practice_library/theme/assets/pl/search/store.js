// The files of the index: fetched once each, unpacked, and kept while the page is open.

async function unpacked(response) {
  const stream = response.body.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const decoder = new TextDecoder();
const SMALL = 1_500_000; // bytes of an index that is fetched whole in the end, for use without a network
const STEPS = 16; // of an impact, from nothing to all: `postings.py`

/** A reader of bytes, from the first to the last. */
class Bytes {
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  get ended() {
    return this.at >= this.data.length;
  }

  byte() {
    return this.data[this.at++];
  }

  short() {
    return this.byte() | (this.byte() << 8);
  }

  varint() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const part = this.byte();
      value |= (part & 0x7f) << shift;
      if (part < 0x80) return value;
    }
  }

  slice(length) {
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
}

export class Store {
  /** @param {URL} folder where the index lies, ending in a slash. */
  constructor(folder) {
    this.folder = folder;
    this.kept = new Map();
  }

  async open() {
    const response = await fetch(new URL("index.json", this.folder), { cache: "no-cache" });
    if (!response.ok) throw new Error(`index.json: ${response.status}`);
    this.index = await response.json();
    this.small = this.index.bytes <= SMALL;
  }

  /** Fetch a file and keep what is made of it; one that fails may be tried again. */
  file(name, read) {
    if (!this.kept.has(name)) {
      const made = fetch(new URL(`${name}.bin`, this.folder)).then(async (response) => {
        if (!response.ok) throw new Error(`${name}.bin: ${response.status}`);
        return read(await unpacked(response));
      });
      made.catch(() => this.kept.delete(name));
      this.kept.set(name, made);
    }
    return this.kept.get(name);
  }

  /** Facets, neighbours, and where everything else is. */
  catalogue() {
    return this.file(this.index.catalogue, (data) => readCatalogue(data, this.index));
  }

  /** The postings of one shard: by stem, in how many documents it is and where. */
  async shard(number) {
    const { shards } = await this.catalogue();
    return this.file(shards[number][1], readShard);
  }

  /** The shards that may hold stems beginning like this. */
  async shardsOf(prefix, whole = true) {
    const { shards } = await this.catalogue();
    let low = 0;
    let high = shards.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shards[middle][0] <= prefix) low = middle + 1;
      else high = middle;
    }
    const found = low ? [low - 1] : [];
    if (!whole) for (let n = low; n < shards.length && shards[n][0].startsWith(prefix); n++) found.push(n);
    return found;
  }

  /** The postings of a stem, or nothing. */
  async postings(stem) {
    const [number] = await this.shardsOf(stem);
    return number === undefined ? undefined : (await this.shard(number)).get(stem);
  }

  /** The words that a slip of the pen may stand for, each with how common it is. */
  async dictionary() {
    const { dictionary } = await this.catalogue();
    return this.file(dictionary, readDictionary);
  }

  hasDictionary() {
    return this.kept.has(this.known?.dictionary);
  }

  /** What results show of these documents, by their numbers. */
  async shown(numbers) {
    const { blocks, blockStarts } = await this.catalogue();
    const wanted = new Map();
    for (const number of numbers) {
      const block = place(blockStarts, number);
      if (!wanted.has(block)) wanted.set(block, this.file(blocks[block][1], readJson));
    }
    const found = new Map();
    await Promise.all(
      [...new Set(numbers)].map(async (number) => {
        const block = place(blockStarts, number);
        found.set(number, (await wanted.get(block))[number - blockStarts[block]]);
      }),
    );
    return found;
  }

  /** Fetch every file, a few at a time. */
  async all() {
    const catalogue = await this.catalogue();
    const jobs = [
      ...catalogue.shards.map(([, name]) => [name, readShard]),
      ...catalogue.blocks.map(([, name]) => [name, readJson]),
      [catalogue.dictionary, readDictionary],
    ];
    const next = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) await this.file(...job);
    };
    await Promise.all([next(), next(), next(), next()]);
  }
}

/** The place of the last start that is not above a number. */
function place(starts, number) {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= number) low = middle;
    else high = middle;
  }
  return low;
}

function sums(lengths) {
  let sum = 0;
  return lengths.map((length) => (sum += length) - length);
}

function readJson(data) {
  return JSON.parse(decoder.decode(data));
}

function readCatalogue(data, index) {
  const bytes = new Bytes(data);
  const length = bytes.short() + bytes.short() * 0x10000;
  const found = readJson(bytes.slice(length));
  found.total = index.total;
  found.starts = sums(found.segments);
  found.blockStarts = sums(found.blocks.map(([size]) => size));
  found.stop = new Set(found.stop);
  found.weights = bytes.slice(index.total);
  found.facets = index.facets.map((facet) => readColumn(bytes, facet, index.total));
  found.near = readNeighbours(bytes, index.total);
  return found;
}

/** A facet: for each document where its values begin, and the values after one another. */
function readColumn(bytes, facet, total) {
  const wide = facet.values.length > 255;
  const from = new Uint32Array(total + 1);
  const values = [];
  for (let n = 0; n < total; n++) {
    for (let count = bytes.byte(); count; count--) values.push(wide ? bytes.short() : bytes.byte());
    from[n + 1] = values.length;
  }
  return { id: facet.id, ids: facet.values.map(({ id }) => id), from, values: Uint16Array.from(values) };
}

function readNeighbours(bytes, total) {
  const near = [];
  for (let n = 0; n < total; n++) {
    const own = [];
    for (let count = bytes.byte(); count; count--) own.push([bytes.short(), bytes.byte() / 255]);
    near.push(own);
  }
  return near;
}

function readShard(data) {
  const bytes = new Bytes(data);
  const found = new Map();
  while (!bytes.ended) {
    const stem = decoder.decode(bytes.slice(bytes.varint()));
    const documents = bytes.varint();
    found.set(stem, { stem, documents, data: bytes.slice(bytes.varint()) });
  }
  return found;
}

/** Go through the documents of a stem: `see(number, impact)`, the impact from 0 to 1. */
export function eachPosting({ data }, starts, see) {
  const bytes = new Bytes(data);
  let segment = 0;
  while (!bytes.ended) {
    segment += bytes.varint();
    const count = bytes.varint();
    const places = bytes.slice(count);
    const impacts = bytes.slice(count);
    for (let n = 0; n < count; n++) see(starts[segment] + places[n], impacts[n] / STEPS);
  }
}

function readDictionary(data) {
  const words = [];
  let before = "";
  for (const line of decoder.decode(data).split("\n")) {
    if (!line) continue;
    const word = before.slice(0, line.charCodeAt(0) - 48) + line.slice(1, -1);
    words.push({ word, common: line.charCodeAt(line.length - 1) - 48 });
    before = word;
  }
  return words;
}
