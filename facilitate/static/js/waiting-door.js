// <waiting-door>: looks again by itself, each phone at its own moment, until somebody opens the door.
// Whoever is typing a code is left alone, and a phone in a pocket rests.
const EVERY = 15000; // milliseconds, more or less

class WaitingDoor extends HTMLElement {
  connectedCallback() {
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    this.timer = setTimeout(() => this.look(), EVERY * (0.7 + 0.6 * Math.random()));
  }

  async look() {
    const isTyping = document.activeElement?.matches("input, textarea");
    if (document.visibilityState === "visible" && !isTyping && (await this.isOpen())) location.reload();
    else this.wait();
  }

  async isOpen() {
    try {
      const answer = await fetch(location.href, { headers: { "X-Section": "door" } });
      return answer.ok && !(await answer.text()).includes("<waiting-door");
    } catch {
      return false; // no network: the next look may find one
    }
  }
}

customElements.define("waiting-door", WaitingDoor);
