// Runs before the page is painted, and is therefore no module: a dark screen must not flash white. theme.js does the rest.
try {
  const chosen = localStorage.getItem("skerry.theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // A browser that keeps nothing: the system's choice holds.
}
