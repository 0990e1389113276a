// A form with data-draft keeps what is being typed on this phone until it was sent, or the phone is handed on.
const page = document.documentElement.dataset;
const seen = new WeakSet();

const nameOf = (form) => `draft-${page.event}-${form.dataset.draft}`;
const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");

for (const typed of ["input", "change"]) {
  document.addEventListener(typed, ({ target }) => target.form?.matches("[data-draft]") && keep(target.form));
}
document.addEventListener("refreshed", restoreAll); // a form may come later, with its activity
document.addEventListener("submit", ({ target }) => target.action.endsWith("/leave") && forget());
restoreAll();

function restoreAll() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!seen.has(form)) restore(form);
    seen.add(form);
  }
}

function isBegun(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  return field.value !== (field.defaultValue ?? field.value);
}

function keep(form) {
  const values = fieldsOf(form).map((field) => [field.name, field.value, field.checked]);
  try {
    localStorage.setItem(nameOf(form), JSON.stringify(values));
  } catch {
    // no room or no storage: the form still works
  }
}

// The next person on this phone begins with empty forms.
function forget() {
  const ours = Object.keys(localStorage).filter((name) => name.startsWith(`draft-${page.event}-`));
  for (const name of ours) localStorage.removeItem(name);
}

// A page that says "sent" means that the server took it in; one with errors keeps its own values.
function restore(form) {
  try {
    if (document.querySelector("[data-flash=done]")) localStorage.removeItem(nameOf(form));
    if (form.querySelector("[aria-invalid=true]")) return;
    if (fieldsOf(form).some(isBegun)) return keep(form); // typed before anybody listened, and newer than any draft
    for (const [field, value, checked] of JSON.parse(localStorage.getItem(nameOf(form)) ?? "[]")) {
      for (const input of fieldsOf(form).filter((one) => one.name === field)) {
        if (input.type === "radio" || input.type === "checkbox") {
          if (input.value === value) input.checked = checked;
        } else input.value = value;
      }
    }
  } catch {
    // a broken draft is no draft
  }
}
