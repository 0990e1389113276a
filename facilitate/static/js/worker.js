// Stands between a phone and a network that comes and goes. The server goes first, always; only when it does not answer,
// the page as it was last seen is shown, and the outbox on it says truthfully what still waits to be sent.
const VERSION = new URL(self.location).pathname.split("/")[2];
const FILES = `files-${VERSION}`;
const PAGES = "pages";
const OFFLINE = "/offline";
const MOST = 80; // pages of one ballot and some more
const PATIENCE = 8000; // milliseconds until a page that does not come is one that is not there
const SHEETS = ["fonts", "tokens", "base", "layouts/phone", "layouts/page", "components/button", "components/form", "components/card"];
const PHONE = /^\/\d{8}(\/(score(\/[\w-]+)?|ideas|welcome))?$/;
const SCORING = /^\/\d{8}\/score/;

self.addEventListener("install", (event) => {
  const files = SHEETS.map((sheet) => new URL(`../css/${sheet}.css`, self.location).pathname);
  event.waitUntil(caches.open(FILES).then((shelf) => shelf.addAll([OFFLINE, ...files])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions().then(() => self.clients.claim()));
});

async function forgetOldVersions() {
  const old = (await caches.keys()).filter((name) => name.startsWith("files-") && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (pathname.startsWith(`/static/${VERSION}/`)) event.respondWith(fileOf(request));
  else if (request.mode === "navigate") event.respondWith(pageOf(event, pathname));
});

// An address of a file names its content, so what was fetched once is right for ever.
async function fileOf(request) {
  const shelf = await caches.open(FILES);
  const kept = await shelf.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await shelf.put(request, answer.clone());
  return answer;
}

async function pageOf(event, pathname) {
  const { request } = event;
  try {
    const answer = await withPatience(fetch(request));
    if (PHONE.test(pathname)) event.waitUntil(keep(pathname, answer.clone()));
    return answer;
  } catch {
    const kept = PHONE.test(pathname) && (await caches.open(PAGES).then((shelf) => shelf.match(pathname)));
    return kept || (await caches.match(OFFLINE)) || Response.error();
  }
}

function withPatience(answer) {
  return new Promise((done, fail) => {
    answer.then(done, fail);
    setTimeout(fail, PATIENCE);
  });
}

// Scoring that leads elsewhere is over, and a page that is refused is nobody's: then nothing is kept.
async function keep(pathname, answer) {
  if ((answer.type === "opaqueredirect" && SCORING.test(pathname)) || answer.status === 403 || answer.status === 404) {
    await caches.delete(PAGES);
    return;
  }
  if (!answer.ok) return;
  const shelf = await caches.open(PAGES);
  await shelf.put(pathname, answer);
  const all = await shelf.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((one) => shelf.delete(one)));
}
