// Without a connection it answers with one page, the same for everybody. Who said that this is their own phone reads
// there too what was kept for them: their shifts and open check-ins, until their session ends; then all of that goes.
const KEPT = "no-connection";
const PAGE = "/offline";
const OWN = "own";
const OWN_PAGE = "/offline/own";
const LIST = "/offline/own.json";
const FRESH = 10 * 60 * 1000;
// what ends a session or sends a check-in; what is still open then, the next page keeps anew
const LEAVES = /^\/account\/(sign-out|sessions\/end-all|password)$|^\/checkins\/\d+(\/skip)?$/;
let keeping = new AbortController();

const drawnWith = (text) => [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1]);

async function keep() {
  const cache = await caches.open(KEPT);
  const answer = await fetch(PAGE, { credentials: "omit" });
  const text = await answer.clone().text();
  await cache.addAll([...new Set(drawnWith(text))]);
  await cache.put(PAGE, answer);
}

function forget() {
  keeping.abort();
  return caches.delete(OWN);
}

// whose pages are kept, which, since when and until when; nothing once that is past
async function about() {
  const list = (await caches.has(OWN)) && (await caches.match(LIST, { cacheName: OWN }));
  if (!list) return null;
  const told = await list.json();
  if (Date.now() < told.until) return told;
  await forget();
  return null;
}

async function own(path) {
  const answer = await fetch(path, { signal: keeping.signal });
  if (!answer.ok || answer.redirected) throw new Error("signed out meanwhile");
  return answer;
}

async function keepOwn(reader) {
  const before = await about();
  if (before?.reader === reader && Date.now() < before.at + FRESH) return true;
  keeping.abort();
  keeping = new AbortController();
  const { signal } = keeping;
  const at = Date.now();
  const told = await (await own(LIST)).json();
  if (told.reader !== reader) throw new Error("somebody else");
  const pages = [];
  for (const path of told.pages) pages.push([path, await marked(await own(path), at)]);
  const drawn = new Set();
  for (const [, answer] of pages) for (const address of drawnWith(await answer.clone().text())) drawn.add(address);
  await caches.delete(OWN);
  const cache = await caches.open(OWN);
  await cache.addAll([...drawn]);
  for (const [path, answer] of pages) await cache.put(path, answer);
  const until = at + told.seconds * 1000;
  if (!signal.aborted) await cache.put(LIST, Response.json({ ...told, at, until }));
  if (signal.aborted) throw new Error("signed out meanwhile");
  return true;
}

// the page as it was sent, with the moment, so that it can say that it is not of now
async function marked(answer, at) {
  const text = await answer.text();
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding"); // it is unpacked here
  return new Response(text.replace("<html ", `<html data-kept="${at}" `), { headers });
}

async function shown(request) {
  try {
    return await fetch(request);
  } catch {
    const told = await about();
    const { pathname } = new URL(request.url);
    const path = told?.pages.includes(pathname) ? pathname : told ? OWN_PAGE : PAGE;
    return (await caches.match(path)) ?? Response.error();
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const { reader } = event.data;
  const done = reader ? keepOwn(reader).catch(() => forget().then(() => false)) : forget().then(() => false);
  event.waitUntil(done.then((is) => event.ports[0].postMessage(is)));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method === "GET") {
    if (request.mode === "navigate") event.respondWith(shown(request));
    else if (pathname.startsWith("/static/")) event.respondWith(file(request));
  } else if (request.mode === "navigate") {
    keeping.abort(); // so that no page read here takes what is said on the next one
    if (LEAVES.test(pathname)) event.waitUntil(forget());
  }
});
