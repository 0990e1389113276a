// <live-section id name [address]>: fetches its page again when the server nudges its section, and morphs itself into what
// came; the answer to a press that came too late names the address of its page.
// The page works without this; nothing is lost when the script does not run. `Idiomorph` is a script of its own before it.
import { connection, shownDay } from "./socket.js";
import { fragment } from "./trust.js";

const AGAIN = 3000; // milliseconds after which a page that was held back tries to move on again
const PATIENCE = 15000; // milliseconds that the next page may take before it is asked for again
const JITTER = { phone: 1500, board: 0, console: 0 }; // a whole hall must not ask in the same moment

class LiveSection extends HTMLElement {
  connectedCallback() {
    this.refresh = this.refresh.bind(this);
    this.address ??= this.getAttribute("address"); // the page of that address does not name it again
    this.onChanged = (section) => section === this.getAttribute("name") && this.soon();
    this.onVisible = () => document.visibilityState === "visible" && this.isStale && this.refresh();
    const socket = connection();
    socket?.on("changed", this.onChanged);
    this.onConnect = () => shownDay() === null && this.refresh(); // whatever was nudged while we were away
    socket?.on("connect", this.onConnect);
    document.addEventListener("visibilitychange", this.onVisible);
  }

  disconnectedCallback() {
    connection()?.off("changed", this.onChanged);
    connection()?.off("connect", this.onConnect);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  soon() {
    this.isStale = true;
    if (document.visibilityState !== "visible" && this.getAttribute("name") === "phone") return; // it rests in a pocket
    clearTimeout(this.timer);
    this.timer = setTimeout(this.refresh, Math.random() * (JITTER[this.getAttribute("name")] ?? 0));
  }

  async refresh() {
    if (this.isLeaving) return; // asking again would begin the way to the next page anew
    if (this.isBusy) {
      this.isStale = true;
      return;
    }
    this.isBusy = true;
    this.isStale = false;
    try {
      const answer = await fetch(this.address ?? location.pathname + location.search, { headers: { "X-Section": this.id } });
      if (answer.redirected) this.moveOn(answer.url);
      else if (answer.ok) this.become(await answer.text());
    } catch {
      this.isStale = true; // offline: the next nudge or the return of the network tries again
    } finally {
      this.isBusy = false;
      if (this.isStale) this.soon();
    }
  }

  /** To where the day is now, unless something on this page asks for a moment. */
  moveOn(address) {
    const leaving = new CustomEvent("leaving", { bubbles: true, cancelable: true });
    if (!this.dispatchEvent(leaving)) return setTimeout(this.refresh, AGAIN);
    this.isLeaving = true;
    setTimeout(() => (this.isLeaving = false), PATIENCE);
    return location.assign(address);
  }

  /** A frozen board keeps its picture, unless words were taken off it since. */
  mayStand(fresh) {
    return "still" in fresh.dataset && Number(fresh.dataset.still) <= Number(this.dataset.revision);
  }

  become(html) {
    const answer = new DOMParser().parseFromString(fragment(html), "text/html");
    bringBeside(answer);
    const fresh = answer.getElementById(this.id);
    if (!fresh || fresh.isEqualNode(this)) return;
    if (this.mayStand(fresh)) {
      this.dataset.still = fresh.dataset.still;
      return;
    }
    Idiomorph.morph(this, fresh, {
      ignoreActiveValue: true,
      restoreFocus: true,
      callbacks: { beforeNodeMorphed: keepWhatIsBeingEdited, beforeAttributeUpdated: keepWhatPeopleOpened },
    });
    this.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
  }
}

// What stands outside the section and changes with it: the timer in the head of a phone page.
function bringBeside(answer) {
  for (const fresh of answer.querySelectorAll("[data-beside]")) {
    const own = document.getElementById(fresh.id);
    if (own && !own.isEqualNode(fresh)) Idiomorph.morph(own, fresh);
  }
}

// Fields that hold something the server has not seen yet stay as they are.
function keepWhatIsBeingEdited(node) {
  if (!(node instanceof Element)) return true;
  if (node.closest("[data-keep]")) return false;
  if (node.matches("input, textarea, select")) return !isEdited(node);
  return true;
}

function isEdited(field) {
  if (field === document.activeElement) return true;
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field instanceof HTMLSelectElement) return [...field.options].some((o) => o.selected !== o.defaultSelected);
  return field.value !== field.defaultValue;
}

function keepWhatPeopleOpened(attribute, node) {
  return !(attribute === "open" && node instanceof HTMLDetailsElement);
}

customElements.define("live-section", LiveSection);
