// Whether keys are used on this computer: one choice for all pages of the console, in a box that each page shows.
const CHOICE = "console-keys";

const box = () => document.getElementById("keys-on");

export const keysAreOn = () => box()?.checked ?? false;

/** Fields keep their keys. */
export const isInField = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

export const isChord = (event) => event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;

if (box()) {
  box().checked = localStorage.getItem(CHOICE) !== "off";
  box().addEventListener("change", () => localStorage.setItem(CHOICE, box().checked ? "on" : "off"));
}
