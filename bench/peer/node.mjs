// Peer: socket.io + better-sqlite3 (or none), same minimal job.
// Run: npm ci, then PERSIST=group PORT=5001 node node.mjs (PERSIST: group | each | none).
import http from 'node:http'; import { Server } from 'socket.io'; import Database from 'better-sqlite3'; import express from 'express';
const E = process.env, PERSIST = E.PERSIST || 'each', SYNC = E.SYNC || 'FULL', TICK = +(E.TICK || 250);
const db = new Database(E.DB || 'peer.db'); db.pragma('journal_mode=WAL'); db.pragma('synchronous=' + SYNC);
db.exec('create table if not exists score(participant int, idea int, criterion int, value int, at real, primary key(participant,idea,criterion)); create table if not exists idea(id integer primary key, participant int, text text); create table if not exists participant(id integer primary key, name text)');
const up = db.prepare('insert into score values(?,?,?,?,?) on conflict(participant,idea,criterion) do update set value=excluded.value, at=excluded.at'), insI = db.prepare('insert into idea(participant,text) values(?,?)'), insP = db.prepare('insert into participant(name) values(?)'), getP = db.prepare('select * from participant where id=?');
const group = db.transaction(rows => { const t = Date.now() / 1e3; for (const r of rows) up.run(r[0], r[1], r[2], r[3], t); });
const votes = new Map(), cells = new Map(), dirty = new Set(); let n = 0, ideasNew = [];
function apply(p, i, c, v) { const k = p * 300 + i * 10 + c, q = i * 10 + c; let e = cells.get(q); if (!e) cells.set(q, e = [0, 0]); const o = votes.get(k); if (o === undefined) { e[1]++; e[0] += v; } else e[0] += v - o; votes.set(k, v); dirty.add(q); n++; }
let q = [], armed = false;
function flush() { armed = false; const b = q; q = []; group(b); for (const r of b) { apply(r[0], r[1], r[2], r[3]); r[4]({ ok: true }); } }
const STATE = { ideas: [...Array(30).keys()].map(i => ({ id: i, title: `Idea number ${i} about settlement services`, text: 'More evening language classes with childcare '.repeat(2) })), criteria: [...Array(10).keys()].map(c => ({ id: c, name: 'Criterion ' + c, w: 1 })) };
const app = express(); app.use(express.urlencoded({ extended: false }));
const esc = s => String(s).replace(/[&<>"]/g, c => '&#' + c.charCodeAt(0) + ';');
const page = (t, rows, form) => `<!doctype html><html><head><title>${esc(t)}</title></head><body><h1>${esc(t)}</h1>${rows.map(x => `<section><h2>${esc(x.title)}</h2><p>${esc(x.text)}</p></section>`).join('')}${form ? '<form method=post><input name=name><button>Join</button></form>' : ''}<script src=/static/socket.io.js></script></body></html>`;
app.get('/j/:c', (r, s) => s.send(page('Planning day', STATE.ideas.slice(0, 4), 1)));
app.post('/j/:c', (r, s) => { const id = insP.run(r.body.name).lastInsertRowid; s.cookie('pid', String(id), { httpOnly: true }); s.redirect('/play/' + r.params.c); });
app.get('/play/:c', (r, s) => { const m = /pid=(\d+)/.exec(r.headers.cookie || ''); const p = getP.get(m ? +m[1] : 0); s.send(page('Hello ' + p?.name, STATE.ideas)); });
const srv = http.createServer(app); const io = new Server(srv, { serveClient: false, perMessageDeflate: false });
io.on('connection', s => {
  const a = s.handshake.auth; s.join('ROOM'); if (a.role !== 'phone') s.join('boards'); s.emit('state', STATE); if (a.role === 'board') s.emit('board', { n, cells: [] });
  s.on('score', (d, ack) => { const { i, c, v } = d; if (!(i >= 0 && i < 30 && c >= 0 && c < 10 && v >= 1 && v <= 5)) return ack({ ok: false });
    if (PERSIST === 'none') { apply(a.pid, i, c, v); ack({ ok: true }); }
    else if (PERSIST === 'each') { up.run(a.pid, i, c, v, Date.now() / 1e3); apply(a.pid, i, c, v); ack({ ok: true }); }
    else { q.push([a.pid, i, c, v, ack]); if (!armed) { armed = true; setImmediate(flush); } } });
  s.on('idea', (d, ack) => { const id = Number(insI.run(a.pid, d.t.slice(0, 300)).lastInsertRowid); if (E.IDEA === 'each') io.to('ROOM').emit('ideas', [{ id, t: d.t }]); else ideasNew.push({ id, t: d.t }); ack({ ok: true, id }); });
});
setInterval(() => { if (dirty.size) { const d = [...dirty].map(k => [(k / 10) | 0, k % 10, ...cells.get(k)]); dirty.clear(); io.to('boards').emit('board', { n, cells: d }); } if (ideasNew.length) { const d = ideasNew; ideasNew = []; io.to('ROOM').emit('ideas', d); } }, TICK);
srv.listen(+E.PORT || 5000, '127.0.0.1', 4096);
