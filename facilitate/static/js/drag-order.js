// <drag-order>: a row is dragged by its grip to another place; letting go presses the form that the row brings for it.
// The arrow buttons beside do the same; this is an extra for a mouse, a pen or a finger.
class DragOrder extends HTMLElement {
  connectedCallback() {
    this.addEventListener("pointerdown", (event) => this.lift(event));
  }

  get rows() {
    return [...this.querySelectorAll("[data-place]")];
  }

  lift(event) {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    const row = grip.closest("[data-place]");
    row.toggleAttribute("data-dragged", true);
    grip.setPointerCapture(event.pointerId);
    const over = ({ clientY }) => this.mark(row, this.goal(clientY));
    const done = (end) => {
      grip.removeEventListener("pointermove", over);
      const goal = end.type === "pointerup" ? this.goal(end.clientY) : null;
      this.mark(row, null);
      row.removeAttribute("data-dragged");
      if (goal && goal !== row) this.drop(row, goal);
    };
    grip.addEventListener("pointermove", over);
    grip.addEventListener("pointerup", done, { once: true });
    grip.addEventListener("pointercancel", done, { once: true });
  }

  /** The row whose place is wanted: the one under the hand. */
  goal(y) {
    return this.rows.find((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return y >= top && y <= bottom;
    });
  }

  mark(row, goal) {
    for (const one of this.rows) {
      const comesFirst = Number(one.dataset.place) < Number(row.dataset.place);
      one.toggleAttribute("data-drop-before", one === goal && one !== row && comesFirst);
      one.toggleAttribute("data-drop-after", one === goal && one !== row && !comesFirst);
    }
  }

  drop(row, goal) {
    const form = row.querySelector("[data-drop]");
    form.elements.to.value = goal.dataset.place;
    form.requestSubmit();
  }
}

customElements.define("drag-order", DragOrder);
