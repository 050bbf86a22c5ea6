// What this browser remembers from visit to visit: the language, the theme, databases that were opened. Never a document, never a password.
// Some browsers keep nothing (private windows); then everything works and is forgotten.

const PREFIX = "skerry.";

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    if (value === null) {
      localStorage.removeItem(PREFIX + name);
    } else {
      localStorage.setItem(PREFIX + name, value);
    }
  } catch {
    // Forgotten: see above.
  }
}
