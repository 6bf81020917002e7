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

/** Say, above the text of the page, that it is a kept copy, whenever there is no network. */
export function tell(text) {
  const notice = document.createElement("p");
  notice.id = "pl-offline";
  notice.className = "pl-notice";
  notice.role = "status";
  notice.lang = document.documentElement.lang;
  notice.textContent = text;
  const follow = () => (notice.hidden = navigator.onLine);
  follow();
  document.querySelector("article")?.prepend(notice);
  addEventListener("offline", follow);
  addEventListener("online", follow);
}

if ("serviceWorker" in navigator && !navigator.connection?.saveData) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}
