// The one Trusted Types policy: fragments of our own pages, and our own worker.
const WORKER = new URL("worker.js", import.meta.url).href;

const rules = {
  createHTML: (html) => html, // only live-section.js asks, for what it fetched from our own address
  createScriptURL: (address) => {
    if (address !== WORKER) throw new TypeError("not our worker");
    return address;
  },
};
const policy = globalThis.trustedTypes?.createPolicy("facilitate", rules) ?? rules;

export const fragment = (html) => policy.createHTML(html);
export const workerAddress = () => policy.createScriptURL(WORKER);
