// One socket per page. It says which event and section the page shows; cookies say whether it may listen.
import { io } from "../vendor/socket.io.js";

let socket = null;

export function connection() {
  const page = document.documentElement.dataset;
  if (socket || !page.event || !page.section) return socket;
  socket = io({
    auth: { event: page.event, section: page.section },
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8000,
    randomizationFactor: 1, // full jitter: a hall that comes back does not come back at once
  });
  return socket;
}
