// A pattern names the members that differ in a conflict, parted by commas ("/name,/telecom"), or, when nothing but "" differs, the document.

/** The members of a pattern. Names may hold commas: a new one begins at ",/". */
export const membersOf = (pattern) => (pattern === "" ? [] : pattern.split(/,(?=\/)/));

/** A pointer for people: "/name/0/family" is "name › 0 › family". */
export const placeInWords = (pointer) =>
  pointer.slice(1).split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~").replace(/^=/, "")).join(" › ");
