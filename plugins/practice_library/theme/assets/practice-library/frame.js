// The frame of every page, as far as it needs a script: colours, the way back to the top, where one is reading.
// Material's own bundle does this and much that no page here uses; it is left out for its weight.
(() => {
  const store = { get: (key) => globalThis.__md_get?.(key), set: (key, value) => globalThis.__md_set?.(key, value) };
  const names = ["media", "scheme", "primary", "accent"];
  const dark = matchMedia("(prefers-color-scheme: dark)");

  document.documentElement.classList.replace("no-js", "js");

  // A table that is wider than the text scrolls by itself.
  for (const table of document.querySelectorAll("article table:not([class])")) {
    const wrap = document.createElement("div");
    wrap.className = "md-typeset__scrollwrap";
    wrap.tabIndex = 0;
    table.replaceWith(wrap);
    wrap.append(table);
  }
  // So does a block of code: the keyboard has to get to it.
  for (const code of document.querySelectorAll("article pre > code")) code.tabIndex = 0;

  // Colours: light, dark or as the device has it. What is chosen is kept under the name that the page's head reads.
  const form = document.querySelector("[data-md-component=palette]");
  const inputs = [...(form?.querySelectorAll("input") ?? [])];
  const colours = (input) => Object.fromEntries(names.map((name) => [name, input.getAttribute(`data-md-color-${name}`) ?? ""]));
  const byMedia = (media) => inputs.find((input) => input.dataset.mdColorMedia === media);

  function apply(input) {
    const asDevice = input.dataset.mdColorMedia === "(prefers-color-scheme)";
    const shown = (asDevice && byMedia(`(prefers-color-scheme: ${dark.matches ? "dark" : "light"})`)) || input;
    for (const [name, value] of Object.entries(colours(shown))) document.body.setAttribute(`data-md-color-${name}`, value);
    for (const other of inputs) {
      const label = other.nextElementSibling;
      if (label) label.hidden = other !== input;
    }
  }

  if (inputs.length) {
    const kept = store.get("__palette");
    const first = inputs[kept?.index] ?? inputs.find((input) => matchMedia(input.dataset.mdColorMedia ?? "").matches) ?? inputs[0];
    first.checked = true;
    apply(first);
    form.addEventListener("change", ({ target }) => {
      apply(target);
      store.set("__palette", { index: inputs.indexOf(target), color: colours(target) });
    });
    dark.addEventListener("change", () => apply(inputs.find((input) => input.checked)));
  }

  // Back to the top: offered to whoever turns back after a long way down.
  const top = document.querySelector("[data-md-component=top]");
  if (top) {
    let last = scrollY;
    addEventListener("scroll", () => {
      top.hidden = scrollY > last || scrollY < innerHeight;
      last = scrollY;
    }, { passive: true });
    top.addEventListener("click", () => {
      scrollTo({ top: 0 });
      document.querySelector("a, button")?.focus({ preventScroll: true });
      top.hidden = true;
    });
  }

  // The contents beside the text follow the reader.
  const links = [...document.querySelectorAll("[data-md-component=toc] a[href^='#']")];
  const places = links.map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))]).filter(([, place]) => place);
  if (places.length) {
    let waiting = false;
    const follow = () => {
      waiting = false;
      const passed = places.filter(([, place]) => place.getBoundingClientRect().top < innerHeight / 4);
      const here = passed.at(-1)?.[0];
      for (const [link] of places) link.classList.toggle("md-nav__link--active", link === here);
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(follow);
      waiting = true;
    }, { passive: true });
    follow();
  }
})();
