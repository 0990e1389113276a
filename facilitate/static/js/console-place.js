// After a press on one of many cards the page comes anew: go on where we were, at the same card or its neighbour.
const KEY = "console-place";

document.addEventListener("submit", (event) => {
  const card = event.target.closest("[data-place]");
  if (!card) return;
  const all = [...document.querySelectorAll("[data-place]")].filter((one) => one === card || one.id !== "done");
  const at = all.indexOf(card);
  const near = [card, all[at + 1], all[at - 1]].map((one) => one?.id);
  near.unshift(card.dataset.was); // what is taken back stands there again
  sessionStorage.setItem(KEY, JSON.stringify({ near, top: card.getBoundingClientRect().top }));
});

function goOn() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (!kept || location.hash) return;
  const card = kept.near.map((id) => id && document.getElementById(id)).find((one) => one && one.id !== "done");
  const anchor = document.getElementById("done") ?? card; // what was just done stands where its idea was
  card?.focus({ preventScroll: true });
  if (anchor) scrollBy({ top: anchor.getBoundingClientRect().top - kept.top, behavior: "instant" });
}

goOn();
