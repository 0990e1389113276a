// The outbox: every tap is kept on the phone until the server has said that it is on its disk.
// It survives reload, screen lock and a dead network; order is kept per idea and criterion by `seq`.
import { connection } from "./socket.js";

const PATIENCE = 5000; // milliseconds without an answer before a change is sent again
const page = document.documentElement.dataset;
const store = `outbox-${page.event}`;
const events = new EventTarget();

let entries = new Map(); // key -> change
let highest = Number(page.seq ?? 0);
let isSending = false;
let attempt = 0;
let timer = null;
const ready = open();

export const outbox = { put, take, state, events, ready, seen };

// --- keeping ---

async function open() {
  try {
    const database = await new Promise((done, fail) => {
      const request = indexedDB.open("facilitate", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("outbox");
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const kept = await ask(database, "readonly", (table) => table.get(store));
    for (const change of kept?.changes ?? []) entries.set(key(change), change);
    highest = Math.max(highest, kept?.highest ?? 0);
    return database;
  } catch {
    return null; // private windows without storage: the outbox then lives as long as the page
  }
}

function ask(database, mode, action) {
  return new Promise((done, fail) => {
    const transaction = database.transaction("outbox", mode);
    const request = action(transaction.objectStore("outbox"));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = () => fail(transaction.error);
  });
}

async function keep() {
  const database = await ready;
  if (!database) return;
  const content = { highest, changes: [...entries.values()] };
  await ask(database, "readwrite", (table) => table.put(content, store)).catch(() => {});
}

const key = (change) => `${change.idea} ${change.criterion ?? "*"}`;

// --- what pages use ---

// A tap: remember it, then send it. `value` as the Contract says.
async function put(idea, criterion, value) {
  await ready;
  highest += 1;
  const change = { seq: highest, idea, criterion, value };
  entries.set(key(change), change);
  announce({ type: "waiting", change });
  await keep();
  flush();
}

// The answer that waits for a criterion, if any: a page that loads again shows it.
function take(idea, criterion) {
  return entries.get(`${idea} ${criterion ?? "*"}`);
}

function state() {
  return { waiting: entries.size, isOnline: navigator.onLine !== false && connection()?.connected !== false };
}

// The server's page named a higher number (another device): count on from there.
function seen(seq) {
  highest = Math.max(highest, seq);
}

// --- sending ---

async function flush() {
  await ready;
  if (isSending || entries.size === 0) return;
  isSending = true;
  clearTimeout(timer);
  const batch = [...entries.values()].sort((a, b) => a.seq - b.seq).slice(0, 50);
  try {
    const answers = await send(batch);
    attempt = 0;
    answers.forEach((answer, at) => settle(batch[at], answer));
    await keep();
  } catch {
    attempt += 1;
    announce({ type: "offline" });
  }
  isSending = false;
  if (entries.size) timer = setTimeout(flush, attempt ? Math.random() * Math.min(8000, 500 * 2 ** attempt) : 0);
}

function send(batch) {
  const socket = connection();
  if (socket?.connected && batch.length === 1) {
    return socket.timeout(PATIENCE).emitWithAck("score", batch[0]).then((answer) => [answer]);
  }
  return post(batch);
}

async function post(batch) {
  const answer = await fetch(`/${page.event}/scores`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ scores: batch }),
    signal: AbortSignal.timeout(PATIENCE * 2),
  });
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json"); // and not a gate of the hall's Wi-Fi
  if (isOurs && (answer.status === 403 || answer.status === 404)) return batch.map(() => ({ ok: false, why: "gone" }));
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

function settle(change, answer) {
  if (Number.isInteger(answer.seq)) seen(answer.seq);
  if (!answer.ok && answer.why === "busy") return;
  const waiting = entries.get(key(change));
  if (waiting && waiting.seq === change.seq) entries.delete(key(change));
  if (answer.ok) announce({ type: "saved", change });
  else announce({ type: answer.why, change, value: answer.value });
}

function announce(detail) {
  events.dispatchEvent(new CustomEvent("change", { detail }));
}

// --- handing the phone on ---

// What is not sent yet belongs to whoever tapped it: the next person gets the phone once it has gone.
document.addEventListener("submit", (event) => {
  if (!event.target.action.endsWith("/leave") || entries.size === 0) return;
  event.preventDefault();
  leave(event.target);
});

async function leave(form) {
  while (entries.size) {
    flush();
    await new Promise((done) => events.addEventListener("change", done, { once: true }));
  }
  await keep();
  form.submit();
}

// --- waking up ---

const again = () => {
  attempt = 0;
  flush();
};
addEventListener("online", again);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
connection()?.on("connect", again);
ready.then(() => {
  announce({ type: "opened" });
  flush();
});
