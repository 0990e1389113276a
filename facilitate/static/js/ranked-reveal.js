// <ranked-reveal data-replays>: lets the ranking appear from the bottom up, in ten seconds at most, the first page slowest.
// Again when data-replays changes; all at once for whoever asks for less motion. Only animations: nothing to clean up.
import "./page-turner.js";

const QUIET = matchMedia("(prefers-reduced-motion: reduce)");
const WHOLE = 9400;
const ROW = 600;
const TURN = 1000; // between the last row of a page and the first of the next
const MOST_PAGES = 3; // the pages further down only turn, later: rushing through them would not be calm

class RankedReveal extends HTMLElement {
  static observedAttributes = ["data-replays"];

  connectedCallback() {
    queueMicrotask(() => this.play()); // the pages inside are connected after this
  }

  disconnectedCallback() {
    this.stop();
  }

  attributeChangedCallback(_name, before, after) {
    if (this.isConnected && before !== null && before !== after) this.play();
  }

  get turner() {
    return this.querySelector("page-turner");
  }

  play() {
    this.stop();
    if (!this.isConnected || QUIET.matches) return this.turner?.show(0);
    const steps = plan([...this.querySelectorAll("[data-leaves] > *")].map((row) => [row, this.turner.pageOf(row)]));
    if (!steps.length) return;
    this.turner.hold(true);
    this.turner.show(steps[0].page);
    this.running = steps.flatMap(({ row, page, at, turns }) => [...appear(row, at), ...(turns ? [this.later(at - TURN / 2, () => this.turner.show(page))] : [])]);
    this.running.push(this.later(WHOLE, () => this.turner.hold(false)));
  }

  later(at, act) {
    const wait = this.animate([], { duration: at });
    wait.onfinish = act;
    return wait;
  }

  stop() {
    for (const animation of this.running ?? []) animation.cancel();
    this.running = [];
    this.turner?.hold(false);
  }
}

// When each row appears, the last one first.
function plan(rows) {
  const seen = rows.filter(([, page]) => page < MOST_PAGES).reverse();
  const turns = new Set(seen.map(([, page]) => page)).size - 1;
  const weight = ([, page]) => (page === 0 ? 2 : 1);
  const whole = seen.slice(1).reduce((sum, row) => sum + weight(row), 0) || 1;
  const unit = Math.min(450, (WHOLE - ROW - turns * TURN) / whole);
  let at = 0;
  return seen.map((row, i) => {
    const [element, page] = row;
    const isTurn = i > 0 && page !== seen[i - 1][1];
    if (i > 0) at += unit * weight(row) + (isTurn ? TURN : 0);
    return { row: element, page, at, turns: isTurn };
  });
}

function appear(row, delay) {
  const calm = { delay, duration: ROW, fill: "backwards", easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" };
  const shown = row.animate([{ opacity: 0, translate: "0 1.5vh" }, { opacity: 1, translate: "0 0" }], calm);
  const bar = row.querySelector(".bar .done");
  return bar ? [shown, bar.animate([{ scale: "0 1" }, { scale: "1 1" }], calm)] : [shown];
}

customElements.define("ranked-reveal", RankedReveal);
