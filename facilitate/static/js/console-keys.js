// Keys of the console, so that a presenter clicker runs the day. A key only ever does what a visible button does:
// the first press goes to the button and says so, the second one presses it. B, F and Q press their buttons at once.
import { isChord, isInField, keysAreOn } from "./key-choice.js";

const FORWARD = new Set([" ", "Enter", "PageDown", "ArrowRight"]);
const BACKWARD = new Set(["PageUp", "ArrowLeft"]);
const LETTERS = new Set(["b", "f", "q"]);
const ARMED_FOR = 6000; // milliseconds in which the second press counts
const STEADY_AFTER = 1000; // a button that has just changed under the hand does not take a press yet

const button = (key) => document.querySelector(`[data-key="${key}"]`);
const hint = () => document.querySelector(".key-hint");
let armed = null;
let disarming = 0;

// --- keys ---

document.addEventListener("keydown", (event) => {
  if (isChord(event) || !keysAreOn() || isInField(event.target)) return;
  if (FORWARD.has(event.key)) forward(event);
  else if (BACKWARD.has(event.key)) backward(event);
  else if (LETTERS.has(event.key.toLowerCase())) letter(event);
});

/** Other buttons, links and drawers keep the keys that press them. */
function isOnControl(target) {
  return target.closest("button, a, summary") !== null;
}

function forward(event) {
  const next = button("next");
  if (!next) return;
  const isPlain = event.key === " " || event.key === "Enter";
  if (isPlain && isOnControl(event.target)) return; // the focused control takes it, as everywhere
  if (event.key === "PageDown" && armed !== next && isScrolled()) return;
  event.preventDefault();
  if (armed === next) next.click();
  else arm(next);
}

function backward(event) {
  const back = button("back");
  if (!back || (event.key === "PageUp" && isScrolled())) return;
  event.preventDefault();
  disarm();
  back.focus();
}

function letter(event) {
  const pressed = button(event.key.toUpperCase());
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
}

/** On a small window the page keys still turn the page. */
function isScrolled() {
  return document.documentElement.scrollHeight > innerHeight + 8;
}

function arm(next) {
  armed = next;
  next.focus();
  next.toggleAttribute("data-armed", true);
  hint().textContent = `${hint().dataset.armed} ${next.textContent.trim()}`;
  clearTimeout(disarming);
  disarming = setTimeout(disarm, ARMED_FOR);
}

function disarm() {
  clearTimeout(disarming);
  armed?.removeAttribute("data-armed");
  armed = null;
  if (hint()) hint().textContent = "";
}

document.addEventListener("focusout", () => armed && disarm());

// --- one press is one step ---

let step = "";
let steadyAt = performance.now();

/** Another host may move the day in the very moment of a press: the new button waits a second before it takes one. */
document.addEventListener("refreshed", () => {
  const seen = document.querySelector('[data-step="next"] [name="version"]')?.value ?? "";
  if (seen === step) return;
  step = seen;
  steadyAt = performance.now() + STEADY_AFTER;
  disarm();
});
step = document.querySelector('[data-step="next"] [name="version"]')?.value ?? "";

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-step]");
  if (!form) return;
  if (performance.now() < steadyAt || form.dataset.sent === form.elements.version.value) event.preventDefault();
  else form.dataset.sent = form.elements.version.value;
});

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // a page out of the history shows an old step
});
