// Data of FHIR documents that are kept beside them: in the resource stands an extension that names an attachment of the same document
// (docs/decisions/042-data-beside-the-resource.md). Values are those of core/json/plain.js.
//
//   besideOf(map)   { name, hash, length } where a map is such an extension; null for every other
//   besideIn(value) all within a value: { name, type, title, length }, type and title being those of the Attachment that has them

const EXTENSION = "http://skerry.org/fhir/StructureDefinition/attached-data";

export function besideOf(map) {
  const about = map instanceof Map && map.get("url") === EXTENSION ? map.get("valueAttachment") : null;
  const name = about instanceof Map && /data-[0-9a-f]{40}$/.exec(String(about.get("url")))?.[0];
  return name ? { name, hash: String(about.get("hash") ?? ""), length: Number(about.get("size") ?? 0) } : null;
}

export function besideIn(value, type = "", title = "") {
  if (Array.isArray(value)) {
    return value.flatMap((item) => besideIn(item, type, title));
  }
  if (!(value instanceof Map)) {
    return [];
  }
  const own = besideOf(value);
  const text = (name, otherwise) => (typeof value.get(name) === "string" ? value.get(name) : otherwise);
  return own
    ? [{ name: own.name, type, title, length: own.length }]
    : [...value.values()].flatMap((member) => besideIn(member, text("contentType", type), text("title", title)));
}
