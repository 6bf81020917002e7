// The ways to hand a file over. Each is something that the person does; nothing is sent from here.

import { bytes } from "./text.js";

const LONGEST_ADDRESS = 7500;
const LONGEST_MAIL = 1900;

// The address of the page on which a file is begun, with the file in it; too long where it would not fit.
export function proposal(sources, path, text) {
  const query = new URLSearchParams({ filename: `${sources.folder}/${path}`, value: text });
  const whole = `${sources.new}?${query}`;
  if (bytes(whole) <= LONGEST_ADDRESS) return { address: whole, isLong: false };
  return { address: `${sources.new}?${new URLSearchParams({ filename: `${sources.folder}/${path}` })}`, isLong: true };
}

export function message(contact, made, folder, say) {
  const subject = say("mail-subject", { title: made.front.title ?? "" });
  const address = (body) => `mailto:${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  const place = `${folder}/${made.place.path}`;
  const whole = address(`${place}\r\n\r\n${made.file.replace(/\n/g, "\r\n")}`);
  if (whole.length <= LONGEST_MAIL) return { address: whole, isLong: false };
  const cut = place.lastIndexOf("/");
  const body = say("mail-attach", { file: place.slice(cut + 1), folder: place.slice(0, cut) });
  return { address: address(body), isLong: true };
}

export class Ways {
  constructor(root, { sources, settings, say }) {
    this.root = root;
    this.sources = sources;
    this.settings = settings;
    this.say = say;
    this.said = root.querySelector(".pl-said");
    root.addEventListener("click", (event) => {
      if (event.target.closest("[data-download]")) this.download();
      if (event.target.closest("[data-copy]")) this.copy(this.made.file);
      if (event.target.closest("[data-copy-public]")) this.copy(this.offered);
    });
  }

  show(made) {
    this.made = made;
    this.offered = this.settings.public ? made.publicFile : made.file;
    this.root.querySelector(".pl-file code").textContent = made.file;
    this.root.querySelector("[data-path]").textContent = `${this.sources.folder}/${made.place.path}`;
    this.showPull(made);
    this.showMail(made);
  }

  showPull(made) {
    const way = this.root.querySelector("[data-way=pull]");
    const { address, isLong } = proposal(this.sources, made.place.path, this.offered);
    const when = !this.sources.new ? "none" : !made.isOpen ? "private" : isLong ? "long" : "open";
    for (const part of way.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== when;
    for (const part of way.querySelectorAll("[data-pruned]")) part.hidden = this.offered === made.file;
    for (const link of way.querySelectorAll("[data-open]")) {
      if (made.isOpen) link.href = address;
      else link.removeAttribute("href");
    }
    way.querySelector("[data-upload]").href = this.sources.upload;
  }

  showMail(made) {
    const link = this.root.querySelector("[data-mail]");
    if (!link) return;
    const { address, isLong } = message(this.settings.contact, made, this.sources.folder, this.say);
    link.href = address;
    this.root.querySelector("[data-long]").hidden = !isLong;
  }

  download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.made.file], { type: "text/markdown;charset=utf-8" }));
    link.download = this.made.place.path.split("/").pop();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.said.textContent = this.say("copied");
    } catch {
      this.said.textContent = this.say("copy-failed");
      this.root.querySelector(".pl-file").open = true;
    }
  }
}
