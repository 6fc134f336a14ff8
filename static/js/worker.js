// Answers with one page, the same for everybody, when there is no connection; it keeps nothing else but what that page
// is drawn with, so a shared phone holds nothing of anybody.
const KEPT = "no-connection";
const PAGE = "/offline";

async function keep() {
  const cache = await caches.open(KEPT);
  const answer = await fetch(PAGE, { credentials: "omit" });
  const text = await answer.clone().text();
  const drawn = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1]);
  await cache.addAll([...new Set(drawn)]);
  await cache.put(PAGE, answer);
}

async function shown(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
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
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(shown(request));
  else if (new URL(request.url).pathname.startsWith("/static/")) event.respondWith(file(request));
});
