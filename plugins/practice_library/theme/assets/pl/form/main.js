// The contribution form: puts the pieces together on a page. Everything stays in this browser.

import { sentenceOf } from "./check.js";
import { typeAhead } from "./choose.js";
import { Known, make } from "./entry.js";
import { addRow, controlOf, fieldAt, readAll, removeRow, topFields, writeAll } from "./fields.js";
import { Keeper } from "./keep.js";
import { origins } from "./note.js";
import { preview } from "./preview.js";
import { Steps } from "./steps.js";
import { filled } from "./text.js";
import { Ways } from "./ways.js";

const root = document.querySelector(".pl-contribute");

async function fetched(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
  return answer.json();
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

class Form {
  constructor(data, schema, settings) {
    this.kind = root.dataset.kind;
    this.schema = schema;
    this.settings = settings;
    this.words = settings.words;
    this.known = new Known(data, settings);
    this.form = root.querySelector("form");
    this.keeper = new Keeper(this.kind, new URL(root.dataset.known, document.baseURI).pathname);
    this.kept = root.querySelector(".pl-kept");
    this.seen = new Set();
    this.say = (name, values) => filled(this.words[`form.say.${name}`], values);
    const sources = { ...document.querySelector("meta[name=pl-sources]").dataset };
    this.ways = new Ways(root, { sources, settings, say: this.say });
    this.prepare();
    this.fill(this.keeper.load());
    this.listen();
    this.steps = new Steps(root, {
      say: this.say,
      onLeave: (section) => this.look(section),
      onShow: (section) => section.id === "pl-step-review" && this.review(),
    });
    this.steps.start();
  }

  prepare() {
    for (const field of root.querySelectorAll(".pl-found")) {
      typeAhead(field, {
        options: this.known.data[field.dataset.list],
        say: this.say,
        onChoose: ({ id, title }) => this.addFound(field, { id, title }),
        onNew: field.dataset.new === "yes" ? (title) => this.addFound(field, { id: "", title }) : null,
      });
    }
    root.addEventListener("pl-rows", (event) => {
      for (const row of event.target.querySelectorAll(".pl-found .pl-row, :scope > .pl-rows__items > .pl-row")) this.dress(row);
    });
  }

  fill(values) {
    writeAll(this.form, values ?? {});
    this.empty ??= JSON.stringify(values ? null : readAll(this.form));
    if (values) this.kept.textContent = this.say("restored");
    this.adapt();
  }

  listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
    });
    root.addEventListener("click", (event) => this.click(event.target));
    this.form.addEventListener("focusout", ({ target, relatedTarget }) => {
      const section = target.closest(".pl-step");
      if (this.steps.isAll && relatedTarget && !section.contains(relatedTarget)) this.look(section);
    });
    addEventListener("pagehide", () => this.save());
    this.dialog = root.querySelector("dialog");
    this.dialog.addEventListener("close", () => this.opener?.focus());
  }

  click(target) {
    if (target.closest(".pl-add")) {
      const row = addRow(target.closest(".pl-rows"));
      controlOf(row).focus();
      this.changed();
    } else if (target.closest(".pl-remove")) this.remove(target.closest(".pl-row"));
    else if (target.closest("[data-forget]")) {
      this.opener = target.closest("[data-forget]");
      this.dialog.showModal();
    }
    else if (target.closest("[data-no]")) this.dialog.close();
    else if (target.closest("[data-yes]")) this.forget();
    else if (target.closest(".pl-errors a, .pl-left a")) this.jump(target.closest("a"));
  }

  addFound(field, { id, title }) {
    const row = addRow(field);
    row.querySelector("[data-key=id]").value = id;
    const name = row.querySelector("[data-key=title] input");
    if (name && !id) name.value = title;
    const worked = row.querySelector("[data-key=relation] input");
    if (worked) worked.checked = true;
    this.dress(row, title);
    field.querySelector(".pl-combo [role=status]").textContent = this.say("added", { title });
    const first = [...row.querySelectorAll("input:not([type=hidden]), textarea, select")].find(
      (input) => !input.closest("[hidden]") && !input.value.trim() || input.type === "radio");
    (first ?? field.querySelector("[role=combobox]")).focus();
    this.changed();
  }

  // Show of a found row what it is: something known by its title, or something new with fields of its own.
  dress(row, title = "") {
    const field = row.closest(".pl-found");
    if (!field) return;
    const kind = field.dataset.list === "practices" ? "practice" : "output";
    const id = row.querySelector("[data-key=id]").value;
    const name = row.querySelector("[data-key=title] input");
    const shown = row.querySelector("[data-title]");
    shown.textContent = title || (id ? this.known.titleOf(kind, id) ?? id : name?.value ?? "");
    row.querySelector("[data-known]").textContent = this.say(id ? "known" : "new-one");
    for (const part of row.querySelectorAll(".pl-if-new")) part.hidden = Boolean(id);
    name?.addEventListener("input", () => {
      shown.textContent = name.value;
    });
  }

  remove(row) {
    const name = row.querySelector(".pl-row__name").textContent.trim();
    const field = removeRow(row);
    (field.querySelector(":scope > .pl-add, [role=combobox]") ?? field).focus();
    this.kept.textContent = this.say("removed", { title: name });
    this.changed();
  }

  changed() {
    this.isDirty = true;
    this.adapt();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.save();
      for (const section of this.seen) this.look(section);
      if (this.steps.isAll) this.review();
    }, 300);
  }

  save() {
    if (!this.isDirty) return;
    this.isDirty = false;
    const values = readAll(this.form);
    const isKept = JSON.stringify(values) === this.empty || this.keeper.save(values);
    this.kept.textContent = this.say(isKept ? "saved" : "not-saved");
  }

  forget() {
    clearTimeout(this.timer);
    this.isDirty = false;
    this.keeper.forget();
    this.seen.clear();
    this.form.reset();
    writeAll(this.form, {});
    for (const section of this.steps.sections) this.tell(section, []);
    this.adapt();
    this.dialog.close();
    this.kept.textContent = this.say("forgotten");
    this.steps.go(0);
  }

  // What depends on an answer: the name of another space, and what holds in a community of healing.
  adapt() {
    const values = readAll(this.form);
    const own = this.form.querySelector(".pl-own-space");
    if (own) own.hidden = values.space !== "+";
    const { isHealing } = this.make(values);
    for (const notice of this.form.querySelectorAll(".pl-defaults")) {
      notice.hidden = (notice.dataset.for === "healing") !== isHealing;
    }
  }

  make(values = readAll(this.form)) {
    return make(this.kind, values, { schema: this.schema, settings: this.settings, known: this.known, today: today() });
  }

  // Complaints with the field that each belongs to.
  complaints(made) {
    const rowOf = (path, place) => {
      const list = path.reduce((value, key) => value?.[key], made.front);
      return (list && origins.get(list)?.[place]) ?? place;
    };
    return [...made.complaints, ...this.advice(made)].map((found) => {
      const field = fieldAt(this.form, found.path, rowOf);
      const key = found.values.key === undefined ? undefined : field ? nameOf(field) : found.values.key;
      const words = sentenceOf({ ...found, values: { ...found.values, ...(key ? { key } : {}) } }, this.words);
      return { ...found, field, words: words[0].toUpperCase() + words.slice(1) };
    });
  }

  advice({ front, isOpen }) {
    const { consent } = front;
    const now = today();
    const told = (code, key) => [{ path: ["consent", key], code, values: {}, isAdvice: true }];
    if (!consent) return this.kind === "harvest" || !isOpen ? told("held-without-consent", "level") : [];
    if (!consent.level || consent.level === "withheld") return [];
    if (!consent.given) return told("held-without-date", "given");
    if (consent.given > now) return told("held-until-given", "given");
    return consent.until && consent.until < now ? told("held-expired", "until") : [];
  }

  look(section) {
    if (section.id === "pl-step-review") return;
    this.seen.add(section);
    const found = this.complaints(this.make()).filter(({ field, isAdvice }) => field && section.contains(field) && !isAdvice);
    this.tell(section, found);
  }

  // Say at each field of a step what is wrong with it, and all of it at the head of the step.
  tell(section, found) {
    for (const old of section.querySelectorAll(".pl-field__error")) old.remove();
    for (const input of section.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      const rest = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !id.startsWith("pl-error-"));
      if (rest.join("")) input.setAttribute("aria-describedby", rest.join(" "));
      else input.removeAttribute("aria-describedby");
    }
    const box = section.querySelector(".pl-errors");
    if (!box) return;
    box.hidden = !found.length;
    box.querySelector("ul").replaceChildren(...found.map((complaint, place) => this.item(complaint, section, place)));
    const link = this.steps.links[this.steps.sections.indexOf(section)];
    link.classList.toggle("pl-progress__mend", found.length > 0);
    link.setAttribute("aria-label", found.length ? `${link.textContent} (${this.say("to-mend")})` : link.textContent);
  }

  item({ field, words }, section, place) {
    const input = controlOf(field);
    const error = document.createElement("p");
    error.className = "pl-field__error";
    error.id = `pl-error-${section.id}-${place}`;
    error.textContent = words;
    const label = field.querySelector(":scope > label, :scope > legend, :scope > .pl-row__name");
    if (label) label.after(error);
    else field.prepend(error);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), error.id].filter(Boolean).join(" "));
    return listed(words, input, field);
  }

  review() {
    if (!this.steps.isAll) for (const section of this.steps.sections) this.look(section);
    const made = this.make();
    const found = this.complaints(made);
    const wrong = found.filter(({ isAdvice }) => !isAdvice);
    const list = document.createElement("ul");
    list.append(...found.map(({ field, words }) => listed(words, field ? controlOf(field) : null, field, this.say)));
    root.querySelector(".pl-left").replaceChildren(...(found.length ? [list] : []));
    root.querySelector(".pl-ready").hidden = found.length > 0;
    root.querySelector(".pl-ways").hidden = wrong.length > 0;
    root.querySelector(".pl-look").replaceChildren(...preview(made, this.kind, this.looks(made, found)));
    this.ways.show(made);
    this.showOwnSpace();
  }

  looks(made, found) {
    const { consent } = made.front;
    const isSilentlyOpen = !consent && this.kind !== "harvest" && !made.isHealing;
    const isHeld = found.some(({ code }) => code.startsWith("held-"));
    const texts = new Map(
      [...this.form.querySelectorAll("input[value]")].map((input) => [input.value, this.form.querySelector(`label[for="${input.id}"]`)?.textContent]));
    for (const field of this.form.querySelectorAll("[data-key=reflections] [data-key]")) texts.set(field.dataset.key, nameOf(field));
    return {
      say: this.say,
      words: this.words,
      known: this.known,
      today: today(),
      label: (key) => this.words[`form.label.${this.kind}.${key}`] ?? this.words[`form.label.any.${key}`],
      terms: (id) => texts.get(id) ?? shownDay(id),
      isShown: isSilentlyOpen || (consent?.level === "public" && !isHeld),
    };
  }

  // A space that is new has a file of its own, which has to come along.
  showOwnSpace() {
    const values = readAll(this.form);
    const also = root.querySelector("[data-also]");
    also.hidden = values.space !== "+";
    if (values.space !== "+") return;
    const { place } = this.make(values);
    also.textContent = this.say("place-space", { file: `${this.ways.sources.folder}/${place.space}/space.md` });
  }

  jump(link) {
    const target = document.getElementById(link.dataset.target);
    const section = target.closest(".pl-step");
    if (!this.steps.isAll) this.steps.goTo(section);
    setTimeout(() => {
      target.scrollIntoView({ block: "center" });
      target.focus();
    }, 60);
  }
}

// Write a whole date as the page's language does.
function shownDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(text));
}

const nameOf = (field) => {
  const label = field.querySelector(":scope > label, :scope > legend, :scope > .pl-row__name");
  return (label?.firstChild?.textContent ?? "").trim();
};

function listed(words, input, field, say) {
  const item = document.createElement("li");
  if (!input) {
    item.textContent = `${say("file-problem")} – ${words}`;
    return item;
  }
  input.id ||= `pl-field-${Math.random().toString(36).slice(2)}`;
  const link = document.createElement("a");
  link.href = `#${field.closest(".pl-step").id}`;
  link.dataset.target = input.id;
  link.textContent = nameOf(field) || words;
  item.append(link, ` – ${words}`);
  return item;
}

async function begin() {
  const settings = JSON.parse(root.querySelector(".pl-settings").textContent);
  const [data, schema] = await Promise.all([fetched(root.dataset.known), fetched(root.dataset.schema)]);
  root.hidden = false;
  document.querySelector(".pl-without").hidden = true;
  const form = new Form(data, schema, settings);
  root.dataset.ready = "yes";
  return form;
}

if (root) await begin();
