// Results as the page's template has them. What is printed is text: nothing of it is ever taken for HTML.

export const ROOT = new URL("../../", import.meta.url);

export function marked(pieces) {
  return pieces.map(({ text, marked: isMarked }) => {
    if (!isMarked) return document.createTextNode(text);
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

export function makeResult(template, result, words) {
  const made = template.content.firstElementChild.cloneNode(true);
  const part = (name) => made.querySelector(`[data-part=${name}]`);
  const fill = (name, text) => (text ? (part(name).textContent = text) : part(name).remove());
  part("kind").textContent = result.kindLabel;
  part("kind").classList.add(`pl-kind--${result.kind}`);
  fill("date", result.date);
  fill("place", result.place?.title);
  if (result.place) part("place").href = new URL(result.place.url, ROOT);
  part("title").textContent = result.title;
  part("title").href = new URL(result.url, ROOT);
  fill("note", result.note && words.text("content-note", { note: result.note }));
  fill("facts", result.facts);
  fill("illustrative", result.illustrative && words.text("illustrative"));
  fill("maturity", result.maturity?.label);
  if (result.maturity) part("maturity").classList.add(`pl-level--${result.maturity.id}`);
  if (result.passage?.length) part("passage").append(...marked(result.passage));
  else part("passage").remove();
  if (result.language) {
    for (const name of ["title", "passage"]) part(name)?.setAttribute("lang", result.language);
  }
  const meta = made.querySelector(".pl-result__meta");
  if (!meta.childElementCount) meta.remove();
  return made;
}

export function makeButton(label, act, className = "pl-offer") {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.append(...[label].flat());
  button.addEventListener("click", act);
  return button;
}

export function makeText(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
