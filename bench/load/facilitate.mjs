// How the load generator speaks to facilitate. The seats (cookies of people who have joined, links of the hosts) come from
// `bench/seats.py` in the file that SEATS names; a join storm needs nothing of them but the event's code.
import fs from 'node:fs';

const seats = JSON.parse(fs.readFileSync(process.env.SEATS));
const LETTERS = 'ABCDEFGHIJ';

export default {
  path: '/socket.io/',
  readyEvent: null,
  auth: ctx => ({ event: seats.code, section: ctx.role }),

  // Who joined in the storm has a cookie already; the others take the next seat.
  cookie: ctx => ctx.cookie || (ctx.role === 'phone' ? seats.people[ctx.i % seats.people.length] : seats.hosts),

  // Milliseconds until the next try to connect: socket.io-client's back-off with our numbers (static/js/socket.js).
  retry: attempt => { const rest = 500 * 2 ** attempt, off = Math.random() * rest; return Math.min(4000, Math.random() < 0.5 ? rest - off : rest + off); },

  async join(ctx, http) {
    const times = {};
    let answer = await http('GET', `/${seats.code}`, {});
    times.page = answer.ms;
    if (answer.status !== 200) throw Error('join page ' + answer.status);
    answer = await http('POST', `/${seats.code}`, { form: { group: '', language: 'en' } });
    times.post = answer.ms;
    if (answer.status !== 303) throw Error('join ' + answer.status);
    ctx.cookie = (answer.headers['set-cookie'] || []).map(one => one.split(';')[0]).join('; ');
    answer = await http('GET', answer.headers.location, { cookie: ctx.cookie });
    times.welcome = answer.ms;
    if (answer.status !== 200) throw Error('welcome ' + answer.status);
    return times;
  },

  score(ctx) {
    const seq = ctx.seq = (ctx.seq || 0) + 1, cell = (seq + ctx.i * 7) % (seats.ideas.length * LETTERS.length);
    return ['score', { seq, idea: seats.ideas[(cell / LETTERS.length) | 0], criterion: LETTERS[cell % LETTERS.length], value: 1 + (seq * 7 + ctx.i) % 5 }];
  },
  ackOk: buffer => buffer.includes('"ok":true'),

  // Ideas go by form, as from a phone; they reach the others as a nudge and a page.
  postsIdeas: true,
  async postIdea(ctx, marker, http) {
    const form = { title: `#${marker}| Evening language classes with childcare`, kind: 'gap' };
    const answer = await http('POST', `/${seats.code}/ideas`, { form, cookie: this.cookie(ctx) });
    if (answer.status !== 303) throw Error('idea ' + answer.status);
  },

  // A nudge has no content: like a browser, the board then asks for its page, one request at a time.
  isNudge: buffer => buffer.toString('latin1', 0, 10) === '["changed"',
  page: ctx => ({ path: `/${seats.code}/board`, headers: { cookie: seats.hosts, 'x-section': 'board' } }),
  countOnPage: text => { const found = /data-answers="(\d+)"/.exec(text); return found ? +found[1] : null; },
};
