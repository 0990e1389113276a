// <answer-grid>: a ballot at the speed of a hand on the number keys. An answer that is complete leads to the next cell,
// arrows lead about, Backspace in an empty cell leads back. What is not on the scale is marked and does not lead on.
const WAYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

class AnswerGrid extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.lead(event));
    this.addEventListener("input", (event) => this.take(event.target));
    this.addEventListener("focusin", ({ target }) => target.matches(".cell") && target.select());
    this.querySelector(".cell")?.focus(); // not by `autofocus`: keys typed before anybody listens would pile up in one cell
  }

  get rows() {
    return [...this.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(".cell")]);
  }

  lead(event) {
    const cell = event.target;
    if (!cell.matches(".cell") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Backspace" && cell.value === "") {
      event.preventDefault();
      this.step(cell, -1);
      return;
    }
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    const [down, right] = way;
    const rows = this.rows;
    const at = rows.findIndex((row) => row.includes(cell));
    const ahead = getComputedStyle(this).direction === "rtl" ? -right : right;
    rows[at + down]?.[rows[at].indexOf(cell) + ahead]?.focus();
  }

  take(cell) {
    const keys = cell.dataset.keys.split(" ");
    const typed = cell.value.trim();
    const isWrong = typed !== "" && !keys.some((key) => key.startsWith(typed));
    cell.toggleAttribute("data-wrong", isWrong);
    if (typed === "" || isWrong) return;
    const mayGrow = keys.some((key) => key !== typed && key.startsWith(typed)); // 1 may become 10
    if (keys.includes(typed) && !mayGrow) this.step(cell, 1);
  }

  step(cell, by) {
    const cells = this.rows.flat();
    const next = cells[cells.indexOf(cell) + by];
    if (next) next.focus();
    else if (by > 0) cell.form.querySelector(".button.primary").focus();
  }
}

customElements.define("answer-grid", AnswerGrid);
