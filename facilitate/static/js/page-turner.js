// <page-turner seconds>: turns the pages of its [data-leaves] list, which flows into columns beyond the right edge.
// P pauses, and so does a click on [data-pager], which says the page: in figures, and in words for ears. On a frozen board
// ([data-still]) it turns nothing. Nothing it does is written into the markup that the
// server morphs: the page is an animation that stays. Without this script the list scrolls.
const QUIET = matchMedia("(prefers-reduced-motion: reduce)");
const TURN = 500;

class PageTurner extends HTMLElement {
  page = 0;
  isPaused = false;
  isHeld = false;

  connectedCallback() {
    this.onKey = (event) => {
      if (event.key.toLowerCase() !== "p" || event.ctrlKey || event.metaKey || event.altKey) return;
      this.pause(!this.isPaused);
    };
    this.onClick = (event) => event.target.closest("[data-pager]") && this.pause(!this.isPaused);
    this.settle = this.settle.bind(this);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("refreshed", this.settle);
    this.addEventListener("click", this.onClick);
    this.watching = new ResizeObserver(this.settle);
    this.watching.observe(this);
    document.fonts.ready.then(this.settle);
    this.settle();
    this.startClock();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("refreshed", this.settle);
    this.removeEventListener("click", this.onClick);
    this.watching.disconnect();
    clearInterval(this.clock);
  }

  startClock() {
    clearInterval(this.clock);
    if (this.isPaused || this.isHeld) return;
    this.clock = setInterval(() => this.turn(), Number(this.getAttribute("seconds")) * 1000);
  }

  get leaves() {
    return this.querySelector("[data-leaves]");
  }

  get pages() {
    const last = [...(this.leaves?.children ?? [])].findLast((leaf) => leaf.getClientRects().length);
    return last ? this.pageOf(last) + 1 : 1;
  }

  /** How far one page is from the next: a page and the gap between two columns. */
  get stride() {
    return this.leaves.clientWidth + parseFloat(getComputedStyle(this.leaves).columnGap || 0);
  }

  /** The page on which a leaf ends. */
  pageOf(leaf) {
    const [all, one] = [this.leaves.getBoundingClientRect(), [...leaf.getClientRects()].at(-1)];
    return Math.max(0, Math.round((this.isRightToLeft ? all.right - one.right : one.left - all.left) / this.stride - 0.25));
  }

  get isRightToLeft() {
    return getComputedStyle(this).direction === "rtl";
  }

  /** The next page; what is new is looked at first, and then the older pages have their turn again. */
  turn() {
    if (this.closest("[data-still]")) return;
    if (this.hasNews && this.page !== 0) {
      this.resumesAt = this.page + 1;
      this.show(0);
    } else {
      this.show(this.page === 0 && this.resumesAt ? this.resumesAt : this.page + 1);
    }
  }

  show(page) {
    const from = this.page;
    this.page = page % this.pages;
    if (this.page === 0) this.hasNews = false;
    else this.resumesAt = 0;
    this.place(from, QUIET.matches || from === this.page ? 0 : TURN);
    this.say();
  }

  /** After anything may have moved: the same page again, and whatever is new is remembered. */
  settle() {
    if (!this.leaves) return this.say();
    const newest = this.leaves.firstElementChild?.id;
    this.hasNews ||= this.newest !== undefined && newest !== this.newest && this.page !== 0;
    this.newest = newest;
    this.page = Math.min(this.page, this.pages - 1);
    this.place(this.page, 0);
    this.say();
  }

  place(from, duration) {
    if (!this.leaves) return;
    const way = (page) => `${(this.isRightToLeft ? 1 : -1) * page * this.stride}px 0`;
    const before = this.turning;
    const [old, here] = [way(from), way(this.page)];
    this.turning = this.leaves.animate(
      [
        { translate: old, opacity: 1 },
        { translate: old, opacity: 0, offset: 0.4 },
        { translate: here, opacity: 0, offset: 0.4 },
        { translate: here, opacity: 1 },
      ],
      { duration, fill: "forwards", easing: "ease-in-out" },
    );
    before?.cancel();
  }

  /** Stand still while something else leads through the pages. */
  hold(isHeld) {
    this.isHeld = isHeld;
    this.startClock();
  }

  pause(isPaused) {
    this.isPaused = isPaused;
    this.startClock();
    this.say();
  }

  say() {
    const pager = this.querySelector("[data-pager]");
    if (!pager) return;
    const pages = this.pages;
    const number = new Intl.NumberFormat(this.closest("[lang]").lang, { numberingSystem: "latn" });
    const [page, all] = [number.format(this.page + 1), number.format(pages)];
    const words = this.dataset.page.replace("{page}", page).replace("{pages}", all);
    const said = this.isPaused ? `${words} · ${this.dataset.paused}` : words;
    if (pager.ariaLabel !== said) [pager.ariaLabel, pager.textContent] = [said, `${page} / ${all}`];
    pager.hidden = pages < 2;
    pager.setAttribute("aria-pressed", this.isPaused);
  }
}

customElements.define("page-turner", PageTurner);
