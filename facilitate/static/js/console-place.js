// After a press on one of many cards the page comes anew: go on where we were, at the same card or its neighbour.
const KEY = "console-place";

document.addEventListener("submit", (event) => {
  const card = event.target.closest("[data-place]");
  if (!card) return;
  const near = [card, card.nextElementSibling, card.previousElementSibling].map((one) => one?.id).filter(Boolean);
  sessionStorage.setItem(KEY, JSON.stringify({ near, top: card.getBoundingClientRect().top }));
});

function goOn() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (!kept || location.hash) return;
  const card = kept.near.map((id) => document.getElementById(id)).find(Boolean);
  if (!card) return;
  card.focus({ preventScroll: true });
  scrollBy({ top: card.getBoundingClientRect().top - kept.top, behavior: "instant" });
}

goOn();
