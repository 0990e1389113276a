// <count-down seconds [paused]>: counts from what the server said, by this device's steady clock: a wrong wall clock
// changes nothing. Every refresh brings the server's seconds anew.
class CountDown extends HTMLElement {
  static observedAttributes = ["seconds", "paused"];

  connectedCallback() {
    this.start();
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.start();
  }

  start() {
    this.end = performance.now() + Number(this.getAttribute("seconds")) * 1000;
    clearInterval(this.ticking);
    if (!this.hasAttribute("paused")) this.ticking = setInterval(() => this.show(), 500);
    this.show();
  }

  show() {
    const left = Math.max(0, Math.round((this.end - performance.now()) / 1000));
    const two = (number) => new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: 2 }).format(number);
    const words = left >= 3600
      ? `${two(Math.floor(left / 3600))}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`
      : `${two(Math.floor(left / 60))}:${two(left % 60)}`;
    if (this.textContent !== words) this.textContent = words;
    this.toggleAttribute("data-over", left === 0);
  }
}

customElements.define("count-down", CountDown);
