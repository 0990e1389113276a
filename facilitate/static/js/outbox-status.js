// <outbox-status>: says truthfully whether everything is saved. Its sentences come from the page, in the reader's language.
import { outbox } from "./outbox.js";
import { connection } from "./socket.js";

const SLOW = 1500; // milliseconds after which "saving" becomes "waiting for network"
const READ = 10_000; // milliseconds that somebody gets to read why an answer was not counted

class OutboxStatus extends HTMLElement {
  connectedCallback() {
    this.since = 0;
    this.onNews = (event) => this.hear(event.detail);
    outbox.events.addEventListener("change", this.onNews);
    this.onLine = () => this.show();
    addEventListener("offline", this.onLine);
    addEventListener("online", this.onLine);
    connection()?.on("disconnect", this.onLine);
    this.onLeaving = (event) => this.hold(event);
    document.addEventListener("leaving", this.onLeaving);
    this.begin();
  }

  // Until the outbox is open and the rows listen, nobody knows whether everything is saved.
  async begin() {
    if (document.querySelector("score-row")) await customElements.whenDefined("score-row");
    await outbox.ready;
    this.knows = true;
    this.show();
  }

  disconnectedCallback() {
    outbox.events.removeEventListener("change", this.onNews);
    removeEventListener("offline", this.onLine);
    removeEventListener("online", this.onLine);
    connection()?.off("disconnect", this.onLine);
    document.removeEventListener("leaving", this.onLeaving);
  }

  hear({ type }) {
    if (type === "closed" || type === "gone" || type === "invalid") {
      this.refused = type;
      this.refusedAt = Date.now();
    } else if (type === "waiting") this.refused = null;
    this.show();
  }

  /** The page moves on once every answer has arrived, and not before the person could read that one did not count. */
  hold(event) {
    if (outbox.state().waiting || (this.refused && Date.now() - this.refusedAt < READ)) event.preventDefault();
  }

  show() {
    if (!this.knows) return;
    const { waiting } = outbox.state();
    clearTimeout(this.timer);
    if (!waiting) {
      this.since = 0;
      this.say(this.refused ?? "saved");
      return;
    }
    this.since ||= Date.now();
    const left = SLOW - (Date.now() - this.since);
    if (left > 0 && navigator.onLine !== false) {
      this.say("saving");
      this.timer = setTimeout(() => this.show(), left);
    } else this.say("waiting", waiting);
  }

  say(state, count) {
    if (this.dataset.state === state && count === undefined) return;
    this.dataset.state = state;
    const sentence = this.getAttribute(`data-${state}`) ?? "";
    const words = sentence.replace("{count}", new Intl.NumberFormat(document.documentElement.lang).format(count ?? 0));
    (this.querySelector("[data-words]") ?? this).textContent = words;
  }
}

customElements.define("outbox-status", OutboxStatus);
