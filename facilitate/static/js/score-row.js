// <score-row idea criterion>: one criterion's answers. A tap is kept in the outbox at once and saved as soon as it can be.
import { outbox } from "./outbox.js";

class ScoreRow extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (event.target.type === "radio") this.answer(event.target.value);
    });
    this.onNews = (event) => this.hear(event.detail);
    outbox.events.addEventListener("change", this.onNews);
    outbox.ready.then(() => this.catchUp());
  }

  disconnectedCallback() {
    outbox.events.removeEventListener("change", this.onNews);
  }

  get idea() {
    return this.getAttribute("idea");
  }

  get criterion() {
    return this.getAttribute("criterion");
  }

  answer(value) {
    this.dataset.state = "waiting";
    this.showWords(value);
    outbox.put(this.idea, this.criterion, value);
  }

  // What was tapped before anybody listened is heard now; after a reload, what waits to be saved is still chosen.
  catchUp() {
    if (this.dataset.state) return; // heard already
    const tapped = this.querySelector("input[type=radio]:checked");
    if (tapped && !tapped.defaultChecked) return this.answer(tapped.value);
    const change = outbox.take(this.idea, this.criterion);
    if (change) this.choose(change.value, "waiting");
  }

  hear({ type, change, value }) {
    if (!change || change.idea !== this.idea || change.criterion !== this.criterion) return;
    if (outbox.take(this.idea, this.criterion)) return; // a newer tap is on its way
    if (type === "saved") {
      this.dataset.state = "saved";
      for (const radio of this.querySelectorAll("input[type=radio]")) radio.defaultChecked = radio.checked;
    } else if (type === "superseded") this.choose(value, "saved");
    else if (type === "closed" || type === "gone" || type === "invalid") this.dataset.state = type;
  }

  choose(value, state) {
    for (const radio of this.querySelectorAll("input[type=radio]")) radio.checked = radio.value === String(value);
    this.dataset.state = state;
    this.showWords(value);
  }

  showWords(value) {
    const words = this.querySelector("[data-chosen]");
    const radio = [...this.querySelectorAll("input[type=radio]")].find((one) => one.value === String(value));
    if (words) words.textContent = radio?.dataset.words ?? "";
  }
}

class StakeButton extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("input[type=checkbox]");
    this.addEventListener("change", () => this.recuse(box.checked));
    if (box.checked !== box.defaultChecked) this.recuse(box.checked); // tapped before anybody listened
  }

  recuse(isRecused) {
    this.closest("form")?.toggleAttribute("data-recused", isRecused);
    outbox.put(this.getAttribute("idea"), null, isRecused ? "recused" : null);
  }
}

customElements.define("score-row", ScoreRow);
customElements.define("stake-button", StakeButton);
