// Says that scripts run, so that pages may put away what is only there for the case that they do not.
document.documentElement.dataset.script = "";

// A text field that tells how many characters are left.
for (const field of document.querySelectorAll("[data-count]")) {
  const most = Number(field.dataset.count);
  const note = document.createElement("p");
  note.className = "hint counter number";
  field.after(note);
  const segmenter = Intl.Segmenter ? new Intl.Segmenter() : null;
  const count = () => {
    const length = segmenter ? [...segmenter.segment(field.value.trim())].length : [...field.value.trim()].length;
    note.textContent = new Intl.NumberFormat(document.documentElement.lang).format(most - length);
    note.classList.toggle("error", length > most);
  };
  field.addEventListener("input", count);
  field.form?.addEventListener("reset", () => setTimeout(count));
  count();
}
