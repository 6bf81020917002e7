// Sentences of the page's language, filled in: the page brings the words, the browser knows how to count.

export function sayer(words, language = document.documentElement.lang || "en") {
  const forms = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const written = (value) => (typeof value === "number" ? numbers.format(value) : String(value));
  const filled = (text, values) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? written(values[name]) : whole));

  return {
    number: (value) => numbers.format(value),
    text: (key, values = {}) => filled(words[key], values),
    // As the catalogue of the build counts: `<key>.one`, else `<key>.other`.
    plural: (key, count, values = {}) =>
      filled(words[`${key}.${forms.select(count)}`] ?? words[`${key}.other`], { count, ...values }),
  };
}

export function wordsOf(id) {
  return sayer(JSON.parse(document.getElementById(id).textContent));
}
