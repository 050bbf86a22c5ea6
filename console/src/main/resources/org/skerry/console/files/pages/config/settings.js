// The configuration as rows, and those that somebody looks for: every word of the search must stand in section, key or value.

/** What the node shows in the place of a secret. */
export const HIDDEN = "****";

/** Whether the node would hide this value: then it is not shown while it is typed, either. */
export function isSecret(section, key) {
  if (section === "admins") {
    return true;
  }
  return section === "jwt_keys" ? key.startsWith("hmac:") : /(secret|password)$/.test(key) && key !== "proxy_use_secret";
}

/** Sections with the rows that were found: pairs of a name and rows of { section, key, value }. */
export function found(config, wanted) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row) => words.every((word) => `${row.section}/${row.key} ${row.value}`.toLowerCase().includes(word));
  return Object.entries(config)
    .map(([section, values]) => [section, Object.entries(values).map(([key, value]) => ({ section, key, value })).filter(fits)])
    .filter(([, rows]) => rows.length > 0);
}
