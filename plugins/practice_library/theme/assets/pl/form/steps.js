// One step at a time, or all on one page; which step is open stands in the address, so that Back goes back.

export class Steps {
  constructor(root, { say, onLeave, onShow }) {
    this.sections = [...root.querySelectorAll(".pl-step")];
    this.links = [...root.querySelectorAll(".pl-progress a")];
    this.toggle = root.querySelector("[data-all]");
    this.words = [this.toggle.textContent, this.toggle.dataset.one];
    this.root = root;
    this.onLeave = onLeave;
    this.onShow = onShow;
    this.open = 0;
    this.sections.forEach((section, place) => {
      section.querySelector("[data-step]").textContent = say("step", { number: place + 1, count: this.sections.length });
    });
    this.toggle.addEventListener("click", () => this.showAll(!this.isAll));
    root.addEventListener("click", (event) => {
      if (event.target.closest("[data-next]")) this.go(this.open + 1);
      if (event.target.closest("[data-back]")) this.go(this.open - 1);
    });
  }

  start() {
    addEventListener("hashchange", () => this.follow());
    this.follow(false);
  }

  get isAll() {
    return this.root.classList.contains("pl-contribute--all");
  }

  follow(isMoved = true) {
    const place = this.sections.findIndex(({ id }) => `#${id}` === location.hash);
    if (place >= 0 || !isMoved) this.show(Math.max(place, 0), isMoved);
  }

  go(place) {
    const next = this.sections[Math.max(0, Math.min(place, this.sections.length - 1))];
    if (`#${next.id}` === location.hash) this.show(this.sections.indexOf(next), true);
    else location.hash = next.id;
  }

  goTo(section) {
    this.go(this.sections.indexOf(section));
  }

  show(place, isMoved) {
    if (isMoved && place !== this.open) this.onLeave(this.sections[this.open]);
    this.open = place;
    this.sections.forEach((section, other) => {
      section.hidden = !this.isAll && other !== place;
    });
    this.links.forEach((link, other) => {
      if (other === place) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    this.onShow(this.sections[place]);
    if (isMoved) this.sections[place].querySelector("h2").focus();
  }

  showAll(isAll) {
    this.root.classList.toggle("pl-contribute--all", isAll);
    this.toggle.textContent = this.words[isAll ? 1 : 0];
    this.show(this.open, false);
    if (isAll) this.sections.forEach((section) => this.onShow(section));
  }
}
