// "Which space do we need?": reads the answers, shows the kind that most of them speak for and why, and keeps the
// answers in the address. Every word is in the page already; this only shows and hides.
const form = document.querySelector("[data-pl-choosing]");
const result = document.querySelector("[data-pl-result]");

/** Give the kinds that most of the chosen answers speak for; none without an answer. */
function pointedTo(answers) {
  const tally = new Map();
  for (const { dataset } of answers) {
    for (const kind of dataset.speaksFor.split(" ").filter(Boolean)) tally.set(kind, (tally.get(kind) ?? 0) + 1);
  }
  const most = Math.max(...tally.values());
  return new Set([...tally.keys()].filter((kind) => tally.get(kind) === most));
}

function show() {
  const answers = [...form.querySelectorAll("input:checked")];
  const said = new Set(answers.map(({ name, value }) => `${name}=${value}`));
  const kinds = pointedTo(answers);
  result.hidden = kinds.size === 0;
  for (const part of document.querySelectorAll(".pl-choosing__said [data-kind], [data-pl-result] [data-kind]")) {
    part.hidden = !kinds.has(part.dataset.kind);
  }
  for (const reason of result.querySelectorAll("[data-because]")) reason.hidden = !said.has(reason.dataset.because);
  for (const row of document.querySelectorAll(".pl-compare [data-kind]")) {
    row.classList.toggle("pl-chosen", kinds.has(row.dataset.kind));
  }
  const address = new URL(location.href);
  address.search = new URLSearchParams(answers.map(({ name, value }) => [name, value])).toString();
  history.replaceState(history.state, "", address);
}

/** Choose what the address says was chosen. */
function remember() {
  const asked = new URLSearchParams(location.search);
  for (const input of form.querySelectorAll("input")) input.checked = asked.get(input.name) === input.value;
}

if (form && result) {
  remember();
  show();
  form.addEventListener("change", show);
  // What a reset leaves is known once it has happened.
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
}
