// A phone without network keeps its pages: over https a worker stands in for the server. Plain http has none; there the
// outbox alone carries the day.
import { workerAddress } from "./trust.js";

addEventListener("load", () => {
  navigator.serviceWorker?.register(workerAddress(), { scope: "/" }).catch(() => {});
});

// What one person looked at is not for the next person on this phone.
document.addEventListener("submit", ({ target }) => {
  if (target.action.endsWith("/leave")) globalThis.caches?.delete("pages");
});
