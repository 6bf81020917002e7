// What is typed is kept in this browser, and nowhere else, until it is forgotten.

const PREFIX = "practice-library:form:";

export class Keeper {
  constructor(kind, site) {
    this.key = `${PREFIX}${site}:${kind}`;
  }

  load() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  save(values) {
    try {
      localStorage.setItem(this.key, JSON.stringify(values));
      return true;
    } catch {
      return false;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}
