// The frame of every page, as far as it needs a script, and only that: everything here has a way to work without it.
(() => {
  const find = (selector) => document.querySelector(selector);
  const { dataset } = document.body;
  document.documentElement.classList.replace("no-js", "js");

  // Colours: light, dark or as the device has it. The choice is the reader's, kept where the line of script in the page
  // finds it, under the name that the style sheets have for it; nobody else learns of it.
  const key = "pl-colours";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const schemes = { auto: "", light: "default", dark: "slate" };
  const states = Object.keys(schemes);
  let state = "auto";
  try {
    state = states.find((name) => schemes[name] && schemes[name] === localStorage.getItem(key)) ?? state;
  } catch {
    // A browser that keeps nothing.
  }

  function colour() {
    dataset.mdColorScheme = schemes[state] || (dark.matches ? schemes.dark : schemes.light);
  }

  function offerColours(button) {
    const tell = () => {
      button.title = button.dataset[state];
      button.setAttribute("aria-label", button.title);
      button.dataset.state = state;
    };
    button.hidden = false;
    tell();
    button.addEventListener("click", () => {
      state = states[(states.indexOf(state) + 1) % states.length];
      try {
        if (schemes[state]) localStorage.setItem(key, schemes[state]);
        else localStorage.removeItem(key);
      } catch {
        // Then it holds for this page.
      }
      colour();
      tell();
    });
  }

  // The menu of small screens, which the browser opens and closes: the focus goes in with it, and it closes behind the focus.
  function mindMenu(menu, opener) {
    const isOpen = () => menu.matches(":popover-open");
    if (!("popover" in menu)) return;
    menu.addEventListener("toggle", ({ newState }) => newState === "open" && menu.querySelector("a")?.focus());
    document.addEventListener("focusin", ({ target }) => {
      if (isOpen() && target !== opener && !menu.contains(target)) menu.hidePopover();
    });
  }

  // Back to the top: offered to whoever turns back after a long way down.
  function offerTop(button) {
    let last = scrollY;
    addEventListener("scroll", () => {
      button.hidden = scrollY > last || scrollY < innerHeight;
      last = scrollY;
    }, { passive: true });
    button.addEventListener("click", () => {
      scrollTo({ top: 0 });
      document.querySelector("a, button")?.focus({ preventScroll: true });
      button.hidden = true;
    });
  }

  // The contents beside the text follow the reader.
  function follow(links) {
    const places = links.map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))]).filter(([, place]) => place);
    let waiting = false;
    const mark = () => {
      waiting = false;
      const passed = places.filter(([, place]) => place.getBoundingClientRect().top < innerHeight / 4);
      const here = passed.at(-1)?.[0];
      for (const [link] of places) link.classList.toggle("pl-toc__here", link === here);
    };
    const soon = () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    };
    if (!places.length) return;
    addEventListener("scroll", soon, { passive: true });
    soon();
  }

  // What is wider than the text scrolls by itself, and the keyboard has to get to it: tables and blocks of code.
  function letScroll(article) {
    for (const table of article.querySelectorAll("table:not([class])")) {
      const wrap = document.createElement("div");
      wrap.className = "md-typeset__scrollwrap";
      wrap.tabIndex = 0;
      table.replaceWith(wrap);
      wrap.append(table);
    }
    for (const code of article.querySelectorAll("pre > code")) code.tabIndex = 0;
  }

  // What is folded is unfolded for paper, and where an address points into it; a tab of Material's is opened as well.
  let opened = [];
  function unfoldAll() {
    opened = [...document.querySelectorAll("details.pl-fold:not([open])")];
    for (const fold of opened) fold.open = true;
  }
  function foldAgain() {
    for (const fold of opened) fold.open = false;
  }
  function unfold() {
    const target = document.querySelector(":target");
    if (target?.name?.startsWith("__tabbed_")) target.checked = true;
    const fold = target?.closest("details.pl-fold:not([open])");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  }

  // Where a link leads is shown beside it, for mouse and keyboard; what that takes is fetched at the first such link.
  function preview(event) {
    const link = event.target.closest?.("article a[href]");
    if (link && !navigator.connection?.saveData) import("./preview.js").then(({ offer }) => offer(link));
  }

  const where = (found, act) => found && act(found);
  const button = find(".pl-colours");
  if (button || !dataset.mdColorScheme) {
    colour();
    dark.addEventListener("change", colour);
  }
  where(button, offerColours);
  where(find("#pl-menu"), (menu) => mindMenu(menu, find(".pl-menu-open")));
  where(find(".pl-top"), offerTop);
  where(find("article"), letScroll);
  follow([...document.querySelectorAll(".pl-toc a[href^='#']")]);
  for (const printing of document.querySelectorAll(".pl-print")) printing.hidden = false;
  unfold();
  document.addEventListener("click", ({ target }) => target.closest?.(".pl-print") && print());
  document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && preview(event));
  document.addEventListener("focusin", (event) => event.target.matches?.(":focus-visible") && preview(event));
  addEventListener("hashchange", unfold);
  addEventListener("beforeprint", unfoldAll);
  addEventListener("afterprint", foldAgain);
  if (find("#pl-offline")) import("./offline.js");
})();
