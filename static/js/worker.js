// Without a connection it answers with one page, the same for everybody. Who said that this is their own phone reads
// there too what was kept for them: their shifts and open check-ins, until their session ends; then all of that goes.
const KEPT = "no-connection";
const PAGE = "/offline";
const OWN = "own";
const OWN_PAGE = "/offline/own";
const LIST = "/offline/own.json";
const FRESH = 10 * 60 * 1000;
const LEAVES = /^\/account\/(sign-out|sessions\/end-all|password)$/; // what ends a session
const SENDS = /^\/checkins\/\d+(\/skip)?$/; // what closes a check-in; what is still open then, the next page keeps anew
let keeping = new AbortController();
let changing = Promise.resolve();

// whose pages they were is not signed in any more
class Ended extends Error {}

const drawnWith = (text) => [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1]);

async function keep() {
  const cache = await caches.open(KEPT);
  const answer = await fetch(PAGE, { credentials: "omit" });
  const text = await answer.clone().text();
  await cache.addAll([...new Set(drawnWith(text))]);
  await cache.put(PAGE, answer);
}

// one change of what is kept at a time: none takes away what another is putting there
function after(step) {
  const done = changing.then(step);
  changing = done.catch(() => {});
  return done;
}

function forget() {
  keeping.abort();
  return after(() => caches.delete(OWN));
}

// whose pages are kept, which, since when and until when; nothing once that is past
async function about() {
  const list = (await caches.has(OWN)) && (await caches.match(LIST, { cacheName: OWN }));
  const told = list ? await list.json() : null;
  return told && Date.now() < told.until ? told : null;
}

async function read(path, signal) {
  const answer = await fetch(path, { signal });
  if (answer.redirected) throw new Ended();
  if (!answer.ok) throw new Error("not now");
  return answer;
}

// what was kept for the same reader stays until all of the new is here: the connection may go meanwhile
async function keepOwn(reader) {
  const before = await about();
  if (before?.reader === reader && Date.now() < before.at + FRESH) return;
  if (before?.reader !== reader) await caches.delete(OWN);
  keeping = new AbortController();
  const { signal } = keeping;
  const at = Date.now();
  const told = await (await read(LIST, signal)).json();
  if (told.reader !== reader) throw new Ended();
  const found = [];
  const drawn = new Set();
  for (const path of told.pages) {
    const page = await marked(await read(path, signal), at);
    for (const address of drawnWith(await page.clone().text())) drawn.add(address);
    found.push([path, page]);
  }
  for (const address of drawn) {
    const answer = await fetch(address, { signal });
    if (answer.ok) found.push([address, answer]); // a page is read without an icon too
  }
  await caches.delete(OWN);
  const cache = await caches.open(OWN);
  for (const [path, answer] of found) await cache.put(path, answer);
  const until = at + told.seconds * 1000;
  await cache.put(LIST, Response.json({ ...told, at, until }));
}

// tells whether what this reader may read without a connection is kept now
async function settle(reader) {
  if (!reader) {
    await forget();
    return false;
  }
  try {
    await after(() => keepOwn(reader));
  } catch (failure) {
    if (failure instanceof Ended) await forget();
  }
  return (await about())?.reader === reader;
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
    keeping.abort(); // it would wait for a connection
    const told = await after(about);
    if (!told) await forget();
    const { pathname } = new URL(request.url);
    const path = told?.pages.includes(pathname) ? pathname : told ? OWN_PAGE : PAGE;
    return (await caches.match(path)) ?? Response.error();
  }
}

// what could not be sent is still open, and can be read on
async function sent(request) {
  const answer = await fetch(request);
  await forget();
  return answer;
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
  event.waitUntil(settle(reader).then((is) => event.ports[0].postMessage(is)));
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
    if (SENDS.test(pathname)) event.respondWith(sent(request));
  }
});
