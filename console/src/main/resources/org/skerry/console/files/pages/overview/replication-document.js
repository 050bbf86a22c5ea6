// The form of a new replication, turned into the document that asks for it. A password goes into the auth member, which the node never
// shows among jobs and in logs; one that was typed or pasted into the address is taken out of it and put there.

export const EMPTY = {
  source: "",
  sourceUser: "",
  sourcePassword: "",
  target: "",
  targetUser: "",
  targetPassword: "",
  continuous: true,
  create: false,
  choice: "all",
  selector: '{\n  "type": "patient"\n}',
  filter: "",
  ids: "",
  name: "",
};

export const isAddress = (text) => text.includes("://");

/** What is wrong with the form: a word for each, by the field's name. */
export function faultsOf(form) {
  const faults = {};
  for (const end of ["source", "target"]) {
    if (form[end].trim() === "") {
      faults[end] = "missing";
    } else if (isAddress(form[end]) && !readAddress(form[end])) {
      faults[end] = "address";
    }
  }
  if (!faults.source && !faults.target && form.source.trim() === form.target.trim()) {
    faults.target = "same";
  }
  if (form.choice === "selector" && !readObject(form.selector)) {
    faults.selector = "selector.wrong";
  }
  if (form.choice === "filter" && !/^[^/]+\/[^/]+$/.test(form.filter.trim())) {
    faults.filter = "filter.wrong";
  }
  if (form.choice === "ids" && idsOf(form.ids).length === 0) {
    faults.ids = "missing";
  }
  return faults;
}

export function documentOf(form) {
  const document = {
    source: endOf(form.source, form.sourceUser, form.sourcePassword),
    target: endOf(form.target, form.targetUser, form.targetPassword),
    continuous: form.continuous,
  };
  if (form.create) {
    document.create_target = true;
  }
  if (form.choice === "selector") {
    document.selector = readObject(form.selector);
  } else if (form.choice === "filter") {
    document.filter = form.filter.trim();
  } else if (form.choice === "ids") {
    document.doc_ids = idsOf(form.ids);
  }
  return document;
}

function readAddress(text) {
  try {
    const url = new URL(text.trim());
    return ["http:", "https:"].includes(url.protocol) && url.pathname.length > 1 ? url : null;
  } catch {
    return null;
  }
}

function readObject(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

const idsOf = (text) => [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];

function endOf(text, user, password) {
  if (!isAddress(text)) {
    return text.trim();
  }
  const url = readAddress(text);
  const username = user || decoded(url.username);
  const secret = user ? password : decoded(url.password);
  url.username = "";
  url.password = "";
  return username ? { url: url.href, auth: { basic: { username, password: secret } } } : { url: url.href };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
