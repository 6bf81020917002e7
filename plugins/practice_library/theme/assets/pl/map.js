// The map, brought nearer and moved; what hangs together with the thing at hand. Without this it scrolls.
const REASONS = ["with", "in", "holds"]; // as the template has them: made with, also in, holds to
const TOLD = 8; // how many of what hangs together are named
const nameOf = ({ link }) => link.querySelector("title")?.textContent ?? link.textContent.trim();
const figure = document.querySelector(".pl-map");
if (figure) live(figure);

function live(figure) {
  const frame = figure.querySelector(".pl-map__frame");
  const chart = figure.querySelector(".pl-map__chart");
  const about = figure.querySelector(".pl-map__about");
  const tools = figure.querySelector(".pl-map__tools");
  const wide = chart.viewBox.baseVal.width;
  const tall = chart.viewBox.baseVal.height;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const READABLE = 0.75; // pixels a unit below which small labels are left out
  const FURTHEST = 0.22; // and below which names get all the room there is
  const NEAREST = 2;
  const things = gather(figure, chart);

  // --- Where we look: the middle, and pixels a unit ---------------------------------------------------------

  let view = { x: wide / 2, y: tall / 2, k: 1 };
  let moving = 0;
  const size = () => ({ w: chart.clientWidth || 1, h: chart.clientHeight || 1 });
  const least = () => Math.min(size().w / wide, size().h / tall);
  const between = (low, value, high) => Math.min(Math.max(low, value), Math.max(low, high));

  function held({ x, y, k }) {
    k = between(least(), k, NEAREST);
    const w = size().w / k / 2;
    const h = size().h / k / 2;
    return {
      k,
      x: w * 2 >= wide ? wide / 2 : between(w, x, wide - w),
      y: h * 2 >= tall ? tall / 2 : between(h, y, tall - h),
    };
  }

  function show(next) {
    view = held(next);
    const { w, h } = size();
    chart.setAttribute("viewBox", [view.x - w / view.k / 2, view.y - h / view.k / 2, w / view.k, h / view.k].map((n) => n.toFixed(1)).join(" "));
    figure.classList.toggle("pl-map--far", view.k < READABLE);
    figure.classList.toggle("pl-map--furthest", view.k < FURTHEST);
    figure.classList.toggle("pl-map--near-by", view.k > least() * 1.01);
    tools.querySelector("[data-pl-map=out]").disabled = view.k <= least() * 1.001;
    tools.querySelector("[data-pl-map=in]").disabled = view.k >= NEAREST;
  }

  function go(next) {
    cancelAnimationFrame(moving);
    if (calm.matches) return show(next);
    const from = view;
    const to = held(next);
    const start = performance.now();
    const step = (now) => {
      const part = Math.min(1, (now - start) / 260);
      const eased = 1 - (1 - part) ** 3;
      const k = from.k * (to.k / from.k) ** eased;
      show({ x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased, k });
      if (part < 1) moving = requestAnimationFrame(step);
    };
    moving = requestAnimationFrame(step);
  }

  function zoomed(factor, at) {
    const k = between(least(), view.k * factor, NEAREST);
    const { w, h } = size();
    const box = chart.getBoundingClientRect();
    const px = at ? at.clientX - box.left - w / 2 : 0;
    const py = at ? at.clientY - box.top - h / 2 : 0;
    return { k, x: view.x + px / view.k - px / k, y: view.y + py / view.k - py / k };
  }

  const whole = () => ({ x: wide / 2, y: tall / 2, k: least() });

  // --- Buttons, wheel, fingers ------------------------------------------------------------------------------

  const acts = { in: () => go(zoomed(1.6)), out: () => go(zoomed(1 / 1.6)), whole: () => go(whole()) };
  tools.addEventListener("click", (event) => acts[event.target.closest("[data-pl-map]")?.dataset.plMap]?.());

  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !frame.contains(document.activeElement)) return;
    event.preventDefault();
    cancelAnimationFrame(moving);
    show(zoomed(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0025)), event));
  }, { passive: false });

  const fingers = new Map();
  let dragged = 0;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) dragged = 0;
    fingers.set(event.pointerId, event);
  });
  addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const dx = event.clientX - before.clientX;
    const dy = event.clientY - before.clientY;
    dragged += Math.abs(dx) + Math.abs(dy);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, event);
    if (other) {
      const far = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
      show(zoomed(far(event) / far(before), middle));
    }
    const share = other ? 2 : 1;
    if (dragged > 6) show({ ...view, x: view.x - dx / view.k / share, y: view.y - dy / view.k / share });
  });
  for (const type of ["pointerup", "pointercancel"]) addEventListener(type, (event) => fingers.delete(event.pointerId));
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("click", (event) => {
    if (dragged > 6) event.preventDefault();
    dragged = 0;
  }, true);

  // --- Keyboard: arrows go from thing to thing --------------------------------------------------------------

  const AHEAD = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const KEYS = { "+": acts.in, "=": acts.in, "-": acts.out, 0: acts.whole };

  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    const ahead = AHEAD[event.key];
    if (act) act();
    else if (ahead) (next(ahead) ?? {}).link?.focus({ preventScroll: true });
    else if (event.key === "Escape" && document.activeElement !== frame) frame.focus({ preventScroll: true });
    else return;
    event.preventDefault();
  });

  function next([dx, dy]) {
    const here = things.byLink.get(document.activeElement);
    const from = here ?? view;
    let best = null;
    let cost = Infinity;
    for (const thing of things.all) {
      const x = thing.x - from.x;
      const y = thing.y - from.y;
      const along = x * dx + y * dy;
      const price = here ? along + 2.5 * Math.abs(x * dy - y * dx) : Math.hypot(x, y);
      if (thing === here || (here && along <= 1) || price >= cost) continue;
      best = thing;
      cost = price;
    }
    return best;
  }

  // --- What hangs together ----------------------------------------------------------------------------------

  const ties = chart.querySelector(".pl-map__ties");
  let tied = [];

  function hold(thing) {
    for (const link of tied) link.classList.remove("pl-tied");
    figure.classList.toggle("pl-map--held", Boolean(thing));
    about.replaceChildren();
    if (!thing) {
      tied = [];
      ties.replaceChildren();
      return;
    }
    const others = [...thing.ties].map((key) => things.byKey.get(key)).filter(Boolean);
    tied = [thing, ...others].map(({ link }) => link);
    for (const link of tied) link.classList.add("pl-tied");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", others.map((other) => curve(thing, other)).join(""));
    ties.replaceChildren(path);
    about.append(...thing.told());
    const box = thing.link.getBoundingClientRect();
    const stage = frame.getBoundingClientRect();
    about.classList.toggle("pl-map__about--top", box.top + box.bottom > stage.top + stage.bottom);
  }

  function curve(from, to) {
    if (from.home === to.home) return `M${from.x} ${from.y}L${to.x} ${to.y}`;
    const across = Math.abs(to.x - from.x);
    const down = Math.abs(to.y - from.y);
    const inwards = across < down / 2 ? Math.sign(wide / 2 - from.x) * down * 0.3 : 0;
    const middle = (from.x + to.x) / 2 + inwards;
    return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  }

  chart.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || fingers.size) return;
    hold(things.byLink.get(event.target.closest("a")) ?? things.byLink.get(document.activeElement));
  });
  frame.addEventListener("pointerleave", () => hold(things.byLink.get(document.activeElement)));
  frame.addEventListener("focusin", (event) => {
    const thing = things.byLink.get(event.target);
    hold(thing);
    if (!thing || fingers.size) return;
    const { w, h } = size();
    const k = Math.max(view.k, READABLE * 1.3);
    const inside = k === view.k && Math.abs(thing.x - view.x) < (w / k) * 0.4 && Math.abs(thing.y - view.y) < (h / k) * 0.4;
    if (!inside) go({ x: thing.x, y: thing.y, k });
  });
  frame.addEventListener("focusout", (event) => {
    if (!frame.contains(event.relatedTarget)) hold(null);
  });

  // --- Begin ------------------------------------------------------------------------------------------------

  figure.classList.add("pl-map--live");
  for (const hidden of figure.querySelectorAll("[hidden]")) hidden.hidden = false;
  frame.scrollTo(0, 0);
  const first = () => {
    const narrow = size().w < 600;
    show(narrow ? { x: wide / 2, y: tall / 2, k: Math.max(least(), Math.min(0.45, size().h / tall)) } : whole());
  };
  first();
  let width = size().w;
  new ResizeObserver(() => {
    if (size().w === width) return;
    width = size().w;
    first();
  }).observe(chart);
}

// Every thing of the chart with its place, and its ties: from the list, which holds the same in words, or, where
// there is too much for a list, from the numbers that things of the chart carry.
function gather(figure, chart) {
  const all = [];
  const byKey = new Map();
  const byLink = new Map();
  const place = (element) => (element.getAttribute("transform")?.match(/-?[\d.]+/g) ?? [0, 0]).map(Number);
  for (const link of chart.querySelectorAll("a")) {
    const [x, y] = place(link);
    const home = link.closest(".pl-map__flower") ?? link;
    const [left, top] = home === link ? [0, 0] : place(home);
    const thing = { link, home, x: x + left, y: y + top, ties: new Set() };
    all.push(thing);
    byLink.set(link, thing);
    byKey.set(link.getAttribute("href"), thing);
  }
  const keyOf = (item) => item?.querySelector("a").getAttribute("href");
  const tie = (one, other) => {
    byKey.get(one)?.ties.add(other);
    byKey.get(other)?.ties.add(one);
  };
  for (const item of document.querySelectorAll(".pl-map__list [id]")) {
    const key = keyOf(item);
    const home = keyOf(item.closest("details")?.querySelector("p[id]"));
    if (home && home !== key) tie(key, home);
    for (const other of item.querySelectorAll("a[href^='#']")) {
      tie(key, keyOf(document.getElementById(other.hash.slice(1))));
    }
    const thing = byKey.get(key);
    if (thing) thing.told = () => [...item.cloneNode(true).childNodes].map(plain);
  }
  const numbered = new Map(all.map((thing) => [thing.link.dataset.number, thing]));
  numbered.delete(undefined);
  for (const thing of numbered.values()) {
    const key = thing.link.getAttribute("href");
    const home = thing.home.querySelector?.(".pl-map__heart")?.getAttribute("href");
    if (home && home !== key) tie(key, home);
    for (const other of REASONS.flatMap((reason) => tied(thing, reason))) tie(key, other.link.getAttribute("href"));
    thing.told = () => inWords(thing);
  }
  return { all, byKey, byLink };

  function tied(thing, reason) {
    return (thing.link.dataset[reason]?.split(" ") ?? []).map((number) => numbered.get(number)).filter(Boolean);
  }

  function inWords(thing) {
    const strong = document.createElement("strong");
    strong.textContent = nameOf(thing);
    const told = REASONS.map((reason) => [reason, tied(thing, reason)]).filter(([, others]) => others.length);
    return [strong, ...told.map(([reason, others]) => {
      const span = document.createElement("span");
      const word = reason === "in" && thing.link.querySelector(":scope > path") ? "out" : reason;
      const more = others.length > TOLD ? ` +${others.length - TOLD}` : "";
      span.className = "pl-map__tie";
      span.textContent = ` ${figure.dataset[word]} ${others.slice(0, TOLD).map(nameOf).join(", ")}${more}`;
      return span;
    })];
  }

  // In the note under the map, names are words and no links: they come and go with the pointer.
  function plain(node) {
    for (const link of node.querySelectorAll?.("a") ?? []) link.replaceWith(link.textContent);
    if (node.nodeName !== "A") return node;
    const strong = document.createElement("strong");
    strong.textContent = node.textContent;
    return strong;
  }
}
