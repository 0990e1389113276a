// <called-together>: the host calls everybody to what is open now. A phone that is elsewhere goes there by itself, but
// never in the middle of a word: then it says so, offers a button, and goes once the fingers rest.
import { connection } from "./socket.js";

const JITTER = 1500; // milliseconds: a whole hall must not ask in the same moment
const REST = 6000; // milliseconds without a key, after which nobody is in the middle of a word
const AGAIN = 3000; // milliseconds after which a page that was held back tries again

class CalledTogether extends HTMLElement {
  connectedCallback() {
    this.key = `called-${document.documentElement.dataset.event}`;
    this.typedAt = -REST;
    this.onTyped = () => (this.typedAt = performance.now());
    document.addEventListener("input", this.onTyped);
    this.onChanged = (section) => section === "together" && this.hear();
    connection()?.on("changed", this.onChanged);
    if (this.isHere()) this.arrive();
    else if (sessionStorage.getItem(this.key)) this.come(); // called on the page before
  }

  disconnectedCallback() {
    document.removeEventListener("input", this.onTyped);
    connection()?.off("changed", this.onChanged);
    clearTimeout(this.timer);
  }

  isHere() {
    return document.querySelector("[data-here]") !== null;
  }

  hear() {
    if (this.isHere()) return;
    sessionStorage.setItem(this.key, "yes");
    if (this.isTyping()) this.tell();
    else this.soon(Math.random() * JITTER);
  }

  arrive() {
    sessionStorage.removeItem(this.key);
    this.querySelector(".called")?.remove();
  }

  come() {
    if (this.isHere()) this.arrive(); // the page has moved on by itself
    else if (this.isTyping()) this.tell();
    else this.go();
  }

  isTyping() {
    return this.rested() < REST;
  }

  rested() {
    return performance.now() - this.typedAt;
  }

  tell() {
    if (!this.querySelector(".called")) this.append(this.querySelector("template").content.cloneNode(true));
    this.soon(REST - this.rested());
  }

  go() {
    const leaving = new CustomEvent("leaving", { bubbles: true, cancelable: true });
    if (this.dispatchEvent(leaving)) location.assign(this.getAttribute("href"));
    else this.soon(AGAIN); // answers are still on their way
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.come(), wait);
  }
}

customElements.define("called-together", CalledTogether);
