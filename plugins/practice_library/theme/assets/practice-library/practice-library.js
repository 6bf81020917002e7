// What needs a script, and only that: everything here has a way to work without it.
(() => {
  const on = (type, handler) => document.addEventListener(type, handler);
  const toggle = (name) => document.querySelector(`[data-md-toggle=${name}]`);

  // A field or link that leads to the search page opens the search where there is one.
  on("click", (event) => {
    const opener = event.target.closest?.(".pl-search-open");
    const query = document.querySelector("[data-md-component=search-query]");
    if (opener && query && toggle("search")) {
      event.preventDefault();
      if (!toggle("search").checked) toggle("search").click();
      query.focus();
    }
    if (event.target.closest?.(".pl-print")) window.print();
  });

  // Labels that act as buttons answer to the space bar (Material's script answers to Enter),
  // and Escape closes the menu.
  on("keydown", (event) => {
    const label = event.target;
    if (event.key === " " && label.matches?.("label[role=button]")) {
      event.preventDefault();
      label.click();
    }
    if (event.key === "Escape" && toggle("drawer")?.checked) {
      toggle("drawer").click();
      document.querySelector(".pl-menu-open")?.focus();
    }
  });
  on("change", (event) => {
    if (event.target !== toggle("drawer")) return;
    const opener = document.querySelector(".pl-menu-open");
    opener?.setAttribute("aria-expanded", String(event.target.checked));
    if (event.target.checked) document.querySelector(".pl-nav a")?.focus();
  });

  // What is folded is unfolded for paper, and where an address points into it.
  const folded = () => [...document.querySelectorAll("details.pl-fold:not([open])")];
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folded();
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details.pl-fold:not([open])");
    if (fold) {
      fold.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  for (const button of document.querySelectorAll(".pl-print")) button.hidden = false;
})();
