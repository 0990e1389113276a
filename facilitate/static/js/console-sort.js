// Keys for sorting. Each does what a visible button of the card in focus does: A approves, S sets aside, M merges, E edits
// the label; the arrows lead from idea to idea, and U takes back what was just done.
import { isChord, isInField, keysAreOn } from "./key-choice.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

const cards = () => [...document.querySelectorAll(".sorted[data-place]")];
const current = () => document.activeElement?.closest(".sorted[data-place]");

document.addEventListener("keydown", (event) => {
  if (isChord(event) || !keysAreOn()) return;
  if (event.key === "Escape") close(event);
  else if (isInField(event.target)) return;
  else if (event.key in STEPS) step(event, STEPS[event.key]);
  else if (/^[a-z]$/i.test(event.key)) letter(event, event.key.toUpperCase());
});

function step(event, by) {
  const all = cards();
  const at = all.indexOf(current());
  const next = at < 0 ? all[0] : all[at + by];
  if (!next) return;
  event.preventDefault();
  look(next);
}

function letter(event, key) {
  if (key === "U") press(event, document.querySelector('[data-key="U"]'));
  else if (current()) press(event, current().querySelector(`[data-does="${key}"]`));
  else if ("ASME".includes(key) && cards().length) {
    event.preventDefault();
    look(cards()[0]); // the first press shows which idea is meant
  }
}

function press(event, button) {
  if (!button) return;
  event.preventDefault();
  if (button.matches("select")) return button.focus();
  button.click();
  if (button.matches("summary")) button.parentElement.querySelector("select, input:not([type=hidden])")?.focus();
}

function look(card) {
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

/** Out of an open drawer, back to its card. */
function close(event) {
  const drawer = event.target.closest(".drawer[open]");
  if (!drawer) return;
  drawer.open = false;
  look(drawer.closest(".sorted"));
}
