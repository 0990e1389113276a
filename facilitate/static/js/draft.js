// A form with data-draft keeps what is being typed on this phone until it was sent.
const page = document.documentElement.dataset;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const name = `draft-${page.event}-${form.dataset.draft}`;
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
  restore(form, name, fields());
  form.addEventListener("input", () => keep(name, fields()));
  form.addEventListener("change", () => keep(name, fields()));
}

function keep(name, fields) {
  const values = fields.map((field) => [field.name, field.value, field.checked]);
  try {
    localStorage.setItem(name, JSON.stringify(values));
  } catch {
    // no room or no storage: the form still works
  }
}

// A page that says "sent" means that the server took it in; one with errors keeps its own values.
function restore(form, name, fields) {
  try {
    if (document.querySelector("[data-flash=done]")) localStorage.removeItem(name);
    if (form.querySelector("[aria-invalid=true]")) return;
    for (const [field, value, checked] of JSON.parse(localStorage.getItem(name) ?? "[]")) {
      for (const input of fields.filter((one) => one.name === field)) {
        if (input.type === "radio" || input.type === "checkbox") {
          if (input.value === value) input.checked = checked;
        } else input.value = value;
      }
    }
  } catch {
    // a broken draft is no draft
  }
}
