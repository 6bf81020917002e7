// Keeps pages on the reader's device. Runs in the browser beside the pages, called by `sw.js`, which brings the
// list of what belongs to this build: what is not on it is thrown out as soon as the browser has seen the list.

const { version, first, rest } = self.practiceLibrary;
const root = new URL(self.registration.scope);
const mine = `practice-library ${root.pathname} `;
const name = mine + version;
const all = { ...first, ...rest };

const HASHED = /[./][0-9a-f]{8,}\.(?:[a-z0-9]+\.)?[a-z0-9]+$/;
const FILES = /^(?:assets|pictures|search)\//;
const MARK = /<html [^<>]*\bdata-pl-keep\b/;
const LABEL = "x-practice-library";
const PATIENCE = 5000;

// A page by its address: without a query, and by its folder where it is the page of one.
function keyOf(address) {
  const url = new URL(address, root);
  return url.origin + url.pathname.replace(/(^|\/)index\.html$/, "$1");
}

// Each kept copy bears the digest of its content.
async function labelled(response) {
  const data = await response.arrayBuffer();
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", data)).subarray(0, 8);
  const headers = new Headers(response.headers);
  headers.set(LABEL, Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  return new Response(data, { status: 200, headers });
}

// Fetch what belongs to this build, and keep it only if it is just that: a server may still give out an older copy.
async function take(cache, address, digest) {
  const key = keyOf(address);
  if (await cache.match(key)) return;
  const response = await fetch(key, { cache: "no-cache" });
  if (!response.ok || response.redirected) return;
  const copy = await labelled(response);
  if (copy.headers.get(LABEL) === digest) await cache.put(key, copy);
}

async function takeAll(files) {
  const cache = await caches.open(name);
  for (const [address, digest] of Object.entries(files)) {
    await take(cache, address, digest).catch(() => {});
  }
}

// What is word for word the same in this build need not be fetched again.
async function carryOver() {
  const cache = await caches.open(name);
  for (const other of await others()) {
    const before = await caches.open(other);
    for (const [address, digest] of Object.entries(all)) {
      const kept = await before.match(keyOf(address));
      if (kept?.headers.get(LABEL) === digest) await cache.put(keyOf(address), kept);
    }
  }
}

async function others() {
  return (await caches.keys()).filter((other) => other.startsWith(mine) && other !== name);
}

async function throwOut() {
  for (const other of await others()) await caches.delete(other);
}

// Only pages that say so may be kept, and files in the folders of this site: another site may lie below this one,
// such as an edition for members.
async function mayKeep(response, address) {
  if (!response.ok || response.redirected || response.type !== "basic") return false;
  if (/no-store/.test(response.headers.get("cache-control") ?? "")) return false;
  if (FILES.test(address.slice(root.href.length))) return true;
  if (!/^text\/html/.test(response.headers.get("content-type") ?? "")) return false;
  return MARK.test(await response.clone().text());
}

// A page is asked for anew each time: what the browser has put by might be something taken back since.
async function fetched(request, key) {
  const response = await fetch(request, request.mode === "navigate" ? { cache: "no-cache" } : {});
  const copy = response.clone();
  const cache = await caches.open(name);
  if ([404, 410].includes(response.status)) await cache.delete(key);
  else if (await mayKeep(copy.clone(), key)) await cache.put(key, await labelled(copy));
  return response;
}

function later(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

// The network first; the kept copy where there is none, or where it takes too long.
async function answer(event, key) {
  const kept = await (await caches.open(name)).match(key);
  if (kept && HASHED.test(key)) return kept;
  const fresh = fetched(event.request, key);
  event.waitUntil(fresh.catch(() => {}));
  if (!kept) return fresh;
  const first = await Promise.race([fresh.catch(() => null), later(PATIENCE)]);
  return first ?? kept;
}

self.addEventListener("install", (event) => {
  event.waitUntil(carryOver().then(() => takeAll(first)));
  self.skipWaiting();
});
self.addEventListener("activate", (event) => {
  event.waitUntil(throwOut().then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(takeAll(all));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const key = keyOf(request.url);
  if (request.method !== "GET" || !key.startsWith(root.href) || request.headers.has("range")) return;
  event.respondWith(answer(event, key));
});
