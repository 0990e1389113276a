#!/usr/bin/env node
import http from 'node:http';
import fs from 'node:fs';
import { execFile } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { SioSocket, frame, Hist } from './wire.mjs';

const arg = { url: 'http://127.0.0.1:5000', scenario: 'score', n: 100, rate: 0.33, duration: 15, warmup: 3, ramp: 400, boards: 1, consoles: 4,
  adapter: './facilitate.mjs', out: '', pids: '', window: 5, deflate: 0, cap: 64, label: '', restart: '', settle: 1, assets: '', base: 0, drain: 3, ideas: 1 };
for (let i = 2; i < process.argv.length; i++) {
  const m = process.argv[i].match(/^--([a-z]+)(?:=(.*))?$/); if (!m || !(m[1] in arg)) { console.error('unknown argument', process.argv[i], 'known:', Object.keys(arg).join(' ')); process.exit(2); }
  const v = m[2] ?? process.argv[++i]; arg[m[1]] = typeof arg[m[1]] === 'number' ? Number(v) : v;
}
const A = (await import(pathToFileURL(path.resolve(import.meta.dirname, arg.adapter)))).default;
const U = new URL(arg.url), host = U.hostname, port = +U.port || 80;
const now = () => performance.now();
const sleep = ms => new Promise(r => setTimeout(r, ms));
const errors = {}; const err = k => { k = String(k).slice(0, 80); errors[k] = (errors[k] || 0) + 1; };

// ---- what the server process uses (/proc) ----
const CLK = 100;
function tree(pid, acc = []) {
  try { acc.push(pid); for (const t of fs.readdirSync(`/proc/${pid}/task`)) for (const c of fs.readFileSync(`/proc/${pid}/task/${t}/children`, 'utf8').trim().split(/\s+/).filter(Boolean)) tree(+c, acc); } catch { }
  return acc;
}
const roots = arg.pids ? String(arg.pids).split(',').map(Number) : [];
function sample() {
  let cpu = 0, rss = 0, threads = 0;
  for (const r of roots) for (const p of tree(r)) try {
    const s = fs.readFileSync(`/proc/${p}/stat`, 'utf8'); const f = s.slice(s.lastIndexOf(')') + 2).split(' ');
    cpu += (+f[11] + +f[12]) / CLK; threads += +f[17];
    rss += +(fs.readFileSync(`/proc/${p}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)?.[1] || 0) / 1024;
  } catch { }
  return { cpu, rss, threads, t: now() };
}

// ---- clients ----
const lat = new Hist(), board = new Hist(), ideaLat = new Hist(), ideaBoard = new Hist();
let measuring = false, sent = 0, acked = 0, ackBad = 0, skipped = 0, closes = 0, totalSent = 0, totalAcked = 0;
const sendTimes = []; let boardBase = null, boardSeen = 0, boardUpdates = 0, boardBytes = 0;
const ideaSent = []; let ideaDelivered = 0;
let onAckHook = null, onCloseHook = null;

class Client {
  constructor(i, role) { this.i = i + arg.base; this.role = role; this.k = 0; this.id = 0; this.pend = new Map(); this.ready = false; this.cookie = ''; this.inBytes = 0; this.inFrames = 0; }
  connect() {
    return new Promise((res) => {
      const t0 = now(); let done = false; const fin = ok => { if (!done) { done = true; res(ok ? now() - t0 : -1); } };
      const s = this.s = new SioSocket({ host, port, path: A.path, auth: A.auth(this), cookie: A.cookie ? A.cookie(this) : this.cookie, deflate: arg.deflate }, {
        onConnect: () => { if (!A.readyEvent) { this.ready = true; fin(true); } },
        onEvent: buf => this.event(buf, fin),
        onAck: (id, buf) => this.ack(id, buf),
        onClose: why => { this.ready = false; closes++; err(why); this.pend.clear(); fin(false); onCloseHook?.(this); },
      });
      setTimeout(() => { if (!done) { err('connect-timeout'); s._fail('timeout'); } }, 60000).unref();
    });
  }
  event(buf, fin) {
    if (!this.ready && A.readyEvent && buf.subarray(1, A.readyEvent.length + 3).toString() === `"${A.readyEvent}"`) { this.ready = true; return fin(true); }
    if (A.isNudge?.(buf)) { if (this.role === 'board') this.look(); return; }
    if (this.role === 'board') {
      const n = A.boardCount?.(this, buf) ?? null;
      if (n !== null) { boardUpdates++; boardBytes += buf.length; boardArrived(n); return; }
    }
    if (arg.scenario === 'idea') ideasArrived(this, buf);
  }
  // A nudge without content: fetch the page, one request at a time, and once more when it changed meanwhile.
  async look() {
    if (this.looking) { this.stale = true; return; }
    this.looking = true;
    try {
      do {
        this.stale = false; const { path: p, headers } = A.page(this), r = await request(this.agent ||= new http.Agent({ keepAlive: true, maxSockets: 1 }), 'GET', p, { headers });
        if (r.status !== 200) err('page ' + r.status);
        const n = A.countOnPage(r.body); boardUpdates++; boardBytes += r.body.length;
        if (arg.scenario === 'idea') ideasArrived(this, Buffer.from(r.body)); else if (n !== null) boardArrived(n);
      } while (this.stale);
    } catch (e) { err('page ' + (e.code || e.message)); } finally { this.looking = false; }
  }
  ack(id, buf) {
    const t = this.pend.get(id); if (t === undefined) return; this.pend.delete(id);
    totalAcked++;
    if (!A.ackOk(buf)) { ackBad++; return; }
    if (measuring) { acked++; lat.add(now() - t); }
    onAckHook?.(this);
  }
  send(t, msg) {
    if (!this.ready) { skipped++; return false; }
    if (this.pend.size >= arg.cap) { skipped++; return false; }
    const [e, p] = msg, id = this.id++; this.pend.set(id, t); totalSent++; if (measuring) sent++;
    this.s.write(frame(`42${id}${JSON.stringify([e, p])}`));
    return true;
  }
}
function boardArrived(n) {
  if (boardBase === null) { boardBase = n; boardSeen = n; }
  const t = now();
  // k-th message in send order has become visible: latency from its send time (messages of other generators must not run at the same time)
  for (let k = boardSeen - boardBase; k < n - boardBase && k < sendTimes.length; k++) if (measuring) board.add(t - sendTimes[k]);
  if (n > boardSeen) boardSeen = n;
}
let lastBuf = null, lastIds = [];
function ideasArrived(c, buf) {
  if (!lastBuf || !lastBuf.equals(buf)) { lastBuf = Buffer.from(buf); lastIds = [...buf.toString('latin1').matchAll(/#(\d+)\|/g)].map(m => +m[1]); }
  const t = now(), seen = c.seen ||= new Set(); for (const id of lastIds) { const s = ideaSent[id]; if (s !== undefined && !seen.has(id)) { seen.add(id); ideaDelivered++; (c.role === 'board' ? ideaBoard : ideaLat).add(t - s); } }
}

const phones = [], others = [];
for (let i = 0; i < arg.n; i++) phones.push(new Client(i, 'phone'));
for (let i = 0; i < arg.boards; i++) others.push(new Client(1e6 + i, 'board'));
for (let i = 0; i < arg.consoles; i++) others.push(new Client(2e6 + i, 'console'));

async function connectAll(list, perSec) {
  const h = new Hist(); const t0 = now(); let ok = 0;
  await Promise.all(list.map(async (c, i) => { await sleep(i * 1000 / perSec); const ms = await c.connect(); if (ms >= 0) { ok++; h.add(ms); } }));
  return { ok, failed: list.length - ok, seconds: +((now() - t0) / 1000).toFixed(2), latency: h.json() };
}
function request(agent, method, p, { form, cookie, headers: more } = {}) {
  return new Promise((res, rej) => {
    const t0 = now(); const body = form ? new URLSearchParams(form).toString() : null;
    const headers = { origin: arg.url, ...more }; if (cookie) headers.cookie = cookie; if (body) { headers['content-type'] = 'application/x-www-form-urlencoded'; headers['content-length'] = Buffer.byteLength(body); }
    const r = http.request({ host, port, method, path: p, headers, agent }, m => { const ch = []; m.on('data', d => ch.push(d)); m.on('end', () => res({ status: m.statusCode, headers: m.headers, body: Buffer.concat(ch).toString(), ms: now() - t0 })); m.on('error', rej); });
    r.setTimeout(60000, () => r.destroy(new Error('http-timeout'))); r.on('error', rej); r.end(body);
  });
}

// ---- measurement window ----
let w0, cpu0, loop;
function machine() { const f = fs.readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).slice(1).map(Number); return { busy: (f[0] + f[1] + f[2] + f[5] + f[6]) / CLK, steal: (f[7] || 0) / CLK }; }
let h0;
function startWindow() { measuring = true; w0 = sample(); h0 = machine(); cpu0 = process.cpuUsage(); loop = monitorEventLoopDelay({ resolution: 5 }); loop.enable(); }
function stopWindow() {
  measuring = false; loop.disable(); const w1 = sample(), c = process.cpuUsage(cpu0), el = (w1.t - w0.t) / 1000, h1 = machine();
  const own = (w1.cpu - w0.cpu) + (c.user + c.system) / 1e6;
  return { seconds: +el.toFixed(2), other_cpu_pct: +((h1.busy - h0.busy - own) / el * 100).toFixed(1), steal_pct: +((h1.steal - h0.steal) / el * 100).toFixed(1), server: roots.length ? { cpu_pct: +((w1.cpu - w0.cpu) / el * 100).toFixed(1), pss_mb: +w1.rss.toFixed(1), threads: w1.threads } : null,
    loadgen: { cpu_pct: +((c.user + c.system) / 1e4 / el).toFixed(1), loop_p99_ms: +(loop.percentile(99) / 1e6 - 5).toFixed(2), loop_max_ms: +(loop.max / 1e6 - 5).toFixed(2) } };
}

const result = { label: arg.label, scenario: arg.scenario, n: arg.n, rate: arg.rate, args: arg, started: new Date().toISOString() };
const idle = sample();

async function score() {
  result.connect = await connectAll([...others, ...phones], arg.ramp);
  await sleep(arg.settle * 1000); const s1 = sample();
  if (roots.length) result.memory = { idle_mb: +idle.rss.toFixed(1), connected_mb: +s1.rss.toFixed(1), mb_per_1000: +((s1.rss - idle.rss) / (arg.n + others.length) * 1000).toFixed(1), threads: s1.threads };
  let stop = false;
  const fire = (c, t) => { if (c.send(t, A.score(c))) sendTimes.push(t); };
  if (arg.rate > 0) {                                     // open loop: own clock per phone, latency from the scheduled instant
    const gap = 1000 / arg.rate, t0 = now(), wheel = new Map(); const put = (t, c) => { const k = Math.floor(t); const a = wheel.get(k); if (a) a.push(c); else wheel.set(k, [c]); };
    for (const c of phones) { c.due = t0 + Math.random() * gap; put(c.due, c); }
    let cursor = Math.floor(t0);
    const tick = () => { if (stop) return; const t = now(); for (; cursor <= t - 1; cursor++) { const a = wheel.get(cursor); if (!a) continue; wheel.delete(cursor); for (const c of a) { fire(c, c.due); c.due += gap * (0.75 + Math.random() * 0.5); put(c.due, c); } } setTimeout(tick, 1); };
    tick();
  } else {                                                // closed loop: next score as soon as the ack arrives
    onAckHook = c => { if (!stop) fire(c, now()); };
    for (const c of phones) fire(c, now());
  }
  await sleep(arg.warmup * 1000); startWindow();
  await sleep(arg.duration * 1000);
  Object.assign(result, stopWindow()); stop = true; onAckHook = null;
  const a = acked, seen = { boardUpdates, boardBytes };
  await sleep(arg.drain * 1000);
  Object.assign(result, { acks_per_cpu_s: result.server ? Math.round(a / (result.server.cpu_pct / 100 * result.seconds)) : null, offered_per_s: +(sent / result.seconds).toFixed(1), acked_per_s: +(a / result.seconds).toFixed(1), ack_ms: lat.json(), board_ms: board.json(), board_updates: seen.boardUpdates, board_avg_bytes: Math.round(seen.boardBytes / Math.max(1, seen.boardUpdates)),
    total_sent: totalSent, total_acked: totalAcked, ack_not_ok: ackBad, skipped, disconnects: closes });
}
async function idea() {
  result.connect = await connectAll([...others, ...phones], arg.ramp); await sleep(arg.settle * 1000);
  startWindow(); const t0 = now(); let m = 0;
  const total = arg.n * arg.ideas;
  await Promise.all(phones.map(async (c, i) => { for (let j = 0; j < arg.ideas; j++) { await sleep(Math.random() * arg.duration * 1000 / arg.ideas); const k = m++; ideaSent[k] = now();
    if (!A.postsIdeas) c.send(ideaSent[k], A.idea(c, k));
    else { try { await A.postIdea(c, k, (m, p, o) => request(c.agent ||= new http.Agent({ keepAlive: true, maxSockets: 1 }), m, p, o)); totalAcked++; lat.add(now() - ideaSent[k]); } catch (e) { err(e.code || e.message); } } } }));
  const expected = A.postsIdeas ? total * arg.boards : total * (arg.n + others.length);   // nudged phones fetch when they please; boards show every idea
  for (let i = 0; i < 600 && (totalAcked < total || ideaDelivered < expected); i++) await sleep(50);
  Object.assign(result, stopWindow(), { ideas: m, acked: totalAcked, ack_ms: lat.json(), phone_delivery_ms: ideaLat.json(), board_delivery_ms: ideaBoard.json(), delivered: ideaDelivered, delivered_expected: expected,
    frames_to_phones: phones.reduce((a, c) => a + c.s.framesIn, 0), mb_to_phones: +(phones.reduce((a, c) => a + c.s.bytesIn, 0) / 1e6).toFixed(1), disconnects: closes });
}
async function storm() {
  const steps = {}, joined = new Hist(), ready = new Hist(), ws = new Hist(); let ok = 0, t1 = 0;
  const opt = { assets: arg.assets ? arg.assets.split(',') : null };
  await connectAll(others, 100); await sleep(arg.settle * 1000); startWindow(); const t0 = now();
  await Promise.all(phones.map(async (c, i) => {
    await sleep(arg.window * 1000 * i / arg.n + Math.random() * 5);
    const a = now(), agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const t = await A.join(c, (m, p, o) => request(agent, m, p, o), opt);
      for (const k in t) (steps[k] ||= new Hist()).add(t[k]); joined.add(now() - a);
      const ms = await c.connect(); if (ms < 0) throw Error('ws'); ws.add(ms); ready.add(now() - a); ok++; t1 = Math.max(t1, now());
    } catch (e) { err(e.code || e.message); } finally { agent.destroy(); }
  }));
  Object.assign(result, stopWindow(), { ok, failed: arg.n - ok, all_ready_s: +((t1 - t0) / 1000).toFixed(2), join_http_ms: joined.json(), ws_ms: ws.json(), ready_ms: ready.json(), steps: Object.fromEntries(Object.entries(steps).map(([k, v]) => [k, v.json()])) });
}
async function reconnect() {       // --restart=<command that kills the server, starts a new one and exits as soon as the new one listens>
  result.connect = await connectAll([...others, ...phones], arg.ramp); await sleep(arg.settle * 1000);
  const back = new Hist(), from = new Hist(); let ok = 0, tries = 0; const t0 = now(); let up = 0, all; const done = new Promise(r => all = r);
  onCloseHook = c => {            // socket.io-client defaults: 1 s doubling to 5 s, jitter 0.5
    c.att = (c.att || 0); const d = A.retry ? A.retry(c.att) : Math.min(5000, 1000 * 2 ** c.att) * (1 + (Math.random() - .5)); c.att++;
    setTimeout(async () => { tries++; const ms = await c.connect(); if (ms >= 0) { c.att = 0; ok++; back.add(now() - t0); from.add(now() - up); if (ok >= arg.n) all(); } }, d);
  };
  startWindow();
  await new Promise((r, j) => execFile('/bin/sh', ['-c', arg.restart], (e, so, se) => { if (e) { console.error(e, se); j(e); } up = now(); result.down_ms = +(up - t0).toFixed(0); r(); }));
  await Promise.race([done, sleep(90000)]);
  Object.assign(result, stopWindow(), { reconnected: ok, attempts: tries, since_kill_ms: back.json(), since_listening_ms: from.json() });
}
await ({ score, idea, storm, reconnect })[arg.scenario]();
result.errors = errors;
if (arg.out) fs.appendFileSync(arg.out, JSON.stringify(result) + '\n');
const { args, ...short } = result; console.log(JSON.stringify(short, null, 1));
for (const c of [...phones, ...others]) c.s?.close();
process.exit(0);
