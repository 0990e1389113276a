// <point-purse total>: says live how many points are still to be given, and gives or takes five at a tap.
class PointPurse extends HTMLElement {
  connectedCallback() {
    this.onInput = () => this.tell();
    this.onClick = (event) => this.step(event.target.closest("[data-step]"));
    this.addEventListener("input", this.onInput);
    this.addEventListener("click", this.onClick);
    // A draft that this phone kept is put back after this.
    setTimeout(this.onInput);
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.onInput);
    this.removeEventListener("click", this.onClick);
  }

  get fields() {
    return [...this.querySelectorAll("input[type=number]")];
  }

  step(button) {
    if (!button) return;
    const field = button.parentElement.querySelector("input");
    const points = Math.min(100, Math.max(0, Number(field.value) + Number(button.dataset.step)));
    field.value = points;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  tell() {
    const left = Number(this.getAttribute("total")) - this.fields.reduce((sum, field) => sum + Number(field.value), 0);
    const words = left === 0 ? this.dataset.even : left > 0 ? this.dataset.left : this.dataset.over;
    const number = new Intl.NumberFormat(document.documentElement.lang).format(Math.abs(left));
    const rest = this.querySelector("[data-rest]");
    rest.dataset.state = left === 0 ? "even" : left > 0 ? "left" : "over";
    rest.textContent = words.replace("{points}", number);
  }
}

customElements.define("point-purse", PointPurse);
