// Keeps the screen awake while somebody scores, or while the board is projected. Browsers grant it over https only, and
// take it back whenever the page is out of sight.
async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => {}); // a low battery may refuse
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
