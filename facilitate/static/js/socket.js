// One socket per page. It says which event and section the page shows; cookies say whether it may listen.
import { io } from "../vendor/socket.io.js";

let socket = null;

export function connection() {
  const page = document.documentElement.dataset;
  if (socket || !page.event || !page.section) return socket;
  socket = io({
    auth: (tell) => tell({ event: page.event, section: page.section, day: shownDay() }),
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 4000,
    randomizationFactor: 1, // full jitter: a hall that comes back does not come back at once
  });
  return socket;
}

// As of which change of the day this page is, where it says so: then the server tells whether that is still the last one,
// and a hall that comes back after a gap does not have to ask for pages that are the same.
export function shownDay() {
  return Number(document.getElementById("clock")?.dataset.day) || null;
}
