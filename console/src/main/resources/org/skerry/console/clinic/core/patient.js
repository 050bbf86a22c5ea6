// A FHIR patient (https://hl7.org/fhir/R4/patient.html), read for people and written back. What is read may be anything at all; what is written
// changes only what somebody changed, and leaves all other members as they are.

const FIELDS = ["given", "family", "birthDate", "gender", "phone", "city"];

const text = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value) => (Array.isArray(value) ? value.filter((one) => one !== null && typeof one === "object") : []);

/** Which of the names: the official one, else the first. */
const indexOfName = (doc) => Math.max(0, list(doc.name).findIndex((name) => name.use === "official"));
const indexOfPhone = (doc) => list(doc.telecom).findIndex((one) => one.system === "phone");

export function read(doc) {
  const name = list(doc.name)[indexOfName(doc)] ?? {};
  const given = Array.isArray(name.given) ? name.given.map(text) : [text(name.given)];
  const address = list(doc.address)[0] ?? {};
  return {
    given: given.filter(Boolean).join(" "),
    family: text(name.family),
    birthDate: text(doc.birthDate),
    gender: text(doc.gender),
    phone: text(list(doc.telecom)[indexOfPhone(doc)]?.value),
    city: text(address.city),
  };
}

/** A patient's name, or else the id. */
export function nameOf(doc) {
  const { given, family } = read(doc);
  return [given, family].filter(Boolean).join(" ") || doc._id;
}

/** The document with those fields changed that differ, and who changed it when. */
export function write(doc, fields, where) {
  const before = read(doc);
  const next = structuredClone(doc);
  for (const field of FIELDS.filter((one) => (fields[one] ?? "").trim() !== before[one])) {
    SETTERS[field](next, fields[field].trim());
  }
  next.meta = { ...(typeof doc.meta === "object" ? doc.meta : {}), lastUpdated: new Date().toISOString(), source: `http://${where}.example` };
  return next;
}

export function newPatient(fields, where) {
  const id = randomId();
  return write({ _id: `Patient/${id}`, resourceType: "Patient", id, active: true }, fields, where);
}

/** Where a version was written, in one word; empty when it does not tell. */
export const sourceOf = (doc) => text(doc.meta?.source).match(/^http:\/\/([\w-]+)\.example$/)?.[1] ?? "";

export const changedAt = (doc) => text(doc.meta?.lastUpdated);

/** Those who were changed last come first, then those with more than one version, then all by name. */
export function inOrder(records, language) {
  const names = new Intl.Collator(language);
  return [...records].sort(
    (a, b) =>
      changedAt(b.doc).localeCompare(changedAt(a.doc)) ||
      b.conflicts.length - a.conflicts.length ||
      names.compare(nameOf(a.doc), nameOf(b.doc)),
  );
}

/** crypto.randomUUID is not there on pages without TLS, but for this machine's own. */
function randomId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The element of a list, which is made when it is not there. */
function element(doc, member, index, made) {
  const all = list(doc[member]);
  if (index < 0 || index >= all.length) {
    all.push(made);
    index = all.length - 1;
  }
  doc[member] = all;
  return all[index];
}

/** An empty text is no value in FHIR. */
function put(object, member, value) {
  if (value === "") {
    delete object[member];
  } else {
    object[member] = value;
  }
}

const nameElement = (doc) => element(doc, "name", indexOfName(doc), { use: "official" });

const SETTERS = {
  given: (doc, value) => put(nameElement(doc), "given", value === "" ? "" : value.split(/\s+/)),
  family: (doc, value) => put(nameElement(doc), "family", value),
  birthDate: (doc, value) => put(doc, "birthDate", value),
  gender: (doc, value) => put(doc, "gender", value),
  phone: (doc, value) => put(element(doc, "telecom", indexOfPhone(doc), { system: "phone" }), "value", value),
  city: (doc, value) => put(element(doc, "address", 0, {}), "city", value),
};
