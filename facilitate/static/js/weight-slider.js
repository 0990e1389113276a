// <weight-slider for="…">: a slider beside a number field, for whoever would rather pull than type. The field alone is sent.
class WeightSlider extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.getAttribute("for"));
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 0, max: Math.max(10, Number(field.value) || 0), step: 0.5 });
    slider.value = Number(field.value) || 0;
    slider.tabIndex = -1;
    slider.ariaLabel = field.labels[0].textContent.trim();
    slider.addEventListener("input", () => (field.value = slider.value));
    field.addEventListener("input", () => (slider.value = Number(field.value.replace(",", ".")) || 0));
    this.replaceChildren(slider);
  }
}

customElements.define("weight-slider", WeightSlider);
