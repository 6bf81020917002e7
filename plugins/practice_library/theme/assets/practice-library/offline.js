// Lets the browser keep the library for places without a network: once a page is there and nothing else is going
// on, and never for somebody who saves data. Says so where what is shown is the kept copy.

const root = new URL("../../", import.meta.url);
const PATIENCE = 2000;
const idle = (act) => self.requestIdleCallback?.(act, { timeout: PATIENCE }) ?? setTimeout(act, PATIENCE);

async function keep() {
  await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  idle(() => active.postMessage("keep"));
  // A newer build has come in its place.
  navigator.serviceWorker.addEventListener("controllerchange", () =>
    idle(() => navigator.serviceWorker.controller?.postMessage("keep")),
  );
}

function begin() {
  idle(() => keep().catch(() => {}));
}

function tell() {
  const notice = document.getElementById("pl-offline");
  if (notice) notice.hidden = navigator.onLine;
}

if ("serviceWorker" in navigator && !navigator.connection?.saveData) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}
addEventListener("offline", tell);
addEventListener("online", tell);
tell();
