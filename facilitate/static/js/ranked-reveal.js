// <ranked-reveal data-stage data-replays>: plays the reveal in ten seconds at most: the numbers, the bands from the bottom
// up, the ranking from the last place to the first. A stage that the host chooses plays alone; a new data-replays plays all
// again; who asked for less motion sees the stage at once. Only animations: nothing to clean up, nothing to morph away.
import "./page-turner.js";

const QUIET = matchMedia("(prefers-reduced-motion: reduce)");
const WHOLE = 9400;
const SHARES = { numbers: 1500, bands: 3200, reveal: WHOLE - 4700 };
const ROW = 600;
const SLOWEST = 450; // from one row to the next
const TURN = 1000; // between the last row of a page and the first of the next

class RankedReveal extends HTMLElement {
  static observedAttributes = ["data-stage", "data-replays"];

  connectedCallback() {
    this.isWhole = this.dataset.stage === "reveal";
    this.begin(); // the pages inside are connected after this
  }

  disconnectedCallback() {
    this.stop();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || before === null || before === after) return;
    this.isWhole ||= name === "data-replays";
    this.begin();
  }

  /** Once everything that changed together has changed. */
  begin() {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.play(this.isWhole ? Object.keys(SHARES) : [this.dataset.stage]);
      this.isDue = this.isWhole = false;
    });
  }

  play(names) {
    this.stop();
    for (const turner of this.turners) turner.show(0);
    if (!this.isConnected || QUIET.matches) return;
    const isAlone = names.length === 1;
    for (const turner of this.turners) turner.hold(true);
    let at = 0;
    for (const name of names) {
      const stage = this.querySelector(`[data-name="${name}"]`);
      const isLast = name === names.at(-1);
      const length = isAlone ? WHOLE : SHARES[name];
      this.running.push(...(isLast ? comeLast(stage, at) : passBy(stage, at, length)), ...this.fill(stage, at, length, isAlone));
      at += length;
    }
    this.running.push(this.later(WHOLE, () => this.release()));
  }

  /** Lets what is in a stage appear, the last page first; pages far down only turn, later: rushing would not be calm. */
  fill(stage, from, length, isAlone) {
    const turner = stage.querySelector("page-turner");
    const items = [...stage.querySelectorAll("[data-steps] > *, .band-idea")].map((item) => [item, turner?.pageOf(item) ?? 0]);
    const steps = plan(turner ? items.filter(([, page]) => page < (isAlone ? 3 : 2)).reverse() : items, length - (turner ? 0 : ROW));
    if (turner && steps.length) turner.show(steps[0].page);
    return steps.flatMap(({ item, page, at, turns }) => [
      ...appear(item, from + at),
      ...(turns ? [this.later(from + at - TURN / 2, () => turner.show(page))] : []),
    ]);
  }

  get turners() {
    return this.querySelectorAll("page-turner");
  }

  later(at, act) {
    const wait = this.animate([], { duration: at });
    wait.onfinish = act;
    return wait;
  }

  stop() {
    for (const animation of this.running ?? []) animation.cancel();
    this.running = [];
    this.release();
  }

  release() {
    for (const turner of this.turners) turner.hold(false);
  }
}

// When each item appears; the first page is the one that people came for.
function plan(items, length) {
  const turns = new Set(items.map(([, page]) => page)).size - 1;
  const weight = ([, page]) => (page === 0 ? 2 : 1);
  const whole = items.slice(1).reduce((sum, item) => sum + weight(item), 0) || 1;
  const unit = Math.min(SLOWEST, (length - ROW - turns * TURN) / whole);
  let at = 0;
  return items.map((one, i) => {
    const [item, page] = one;
    const isTurn = i > 0 && page !== items[i - 1][1];
    if (i > 0) at += unit * weight(one) + (isTurn ? TURN : 0);
    return { item, page, at, turns: isTurn };
  });
}

// Before its time the stage that stays is not there yet.
function comeLast(stage, at) {
  return at ? [stage.animate({ visibility: ["hidden", "hidden"] }, { duration: at })] : [];
}

function passBy(stage, delay, duration) {
  const seen = { visibility: "visible" };
  const frames = [{ ...seen, opacity: 1 }, { ...seen, opacity: 1, offset: 0.9 }, { ...seen, opacity: 0 }];
  return [stage.animate(frames, { delay, duration })];
}

function appear(item, delay) {
  const calm = { delay, duration: ROW, fill: "backwards", easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" };
  const grown = [...item.querySelectorAll(".interval .part")].map((bar) => bar.animate([{ scale: "0 1" }, { scale: "1 1" }], calm));
  return [item.animate([{ opacity: 0, translate: "0 1.5vh" }, { opacity: 1, translate: "0 0" }], calm), ...grown];
}

customElements.define("ranked-reveal", RankedReveal);
