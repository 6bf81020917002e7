// What needs a script, and only that: everything here has a way to work without it.
(() => {
  const on = (type, handler) => document.addEventListener(type, handler);
  const find = (selector) => document.querySelector(selector);
  const toggle = (name) => find(`[data-md-toggle=${name}]`);

  on("click", (event) => {
    const hit = (selector) => event.target.closest?.(selector);
    if (hit("[data-pl-toggle=drawer]")) toggle("drawer").click();
    if (hit(".pl-print")) print();
  });

  // The menu of small screens: focus goes in with it, out with it, and Escape closes it.
  on("change", (event) => {
    if (event.target !== toggle("drawer")) return;
    find(".pl-menu-open")?.setAttribute("aria-expanded", String(event.target.checked));
    if (event.target.checked) find(".pl-nav a")?.focus();
  });
  on("focusin", (event) => {
    if (toggle("drawer")?.checked && !event.target.closest("#pl-menu, .pl-menu-open")) toggle("drawer").click();
  });
  on("keydown", (event) => {
    if (event.key !== "Escape" || !toggle("drawer")?.checked) return;
    toggle("drawer").click();
    find(".pl-menu-open")?.focus();
  });

  // What is folded is unfolded for paper, and where an address points into it.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.pl-fold:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
  function unfold() {
    const target = find(":target");
    const fold = target?.closest("details.pl-fold:not([open])");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();

  for (const button of document.querySelectorAll(".pl-print")) button.hidden = false;

  // Where a link leads is shown beside it, for mouse and keyboard; what that takes is fetched at the first such link.
  const offer = (event) => {
    const link = event.target.closest?.("article a[href]");
    if (link && !navigator.connection?.saveData) import("./preview.js").then((preview) => preview.offer(link));
  };
  on("pointerover", (event) => event.pointerType === "mouse" && offer(event));
  on("focusin", (event) => event.target.matches?.(":focus-visible") && offer(event));
})();
