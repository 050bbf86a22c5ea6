// The document that a partner's form stands for. Of a partner that is described already, what the form does not show stays as it is.

export const EMPTY = {
  name: "",
  database: "",
  base: "",
  feeds: "",
  wrapper: "",
  user: "",
  password: "",
  instance: "",
  pull: "Patient",
  push: "Patient",
  schedule: "300",
  onChange: true,
  conflicts: "keep",
  comment: "",
};

const typesOf = (flow) => (flow?.enabled === false ? [] : (flow?.categories ?? []).filter((one) => one.enabled !== false)).map((one) => one.type ?? one.category);

export const listOf = (text) => [...new Set(text.split(",").map((one) => one.trim()).filter(Boolean))];

/** Whether a form can show it all the same: other documents are for the editor. */
export const isPlain = (doc) => doc.general === undefined && doc.clients === undefined;

export function formOf(doc) {
  return doc._id
    ? {
        name: doc._id,
        database: doc.database ?? "",
        base: doc.base ?? "",
        feeds: doc.feeds ?? "",
        wrapper: doc.wrapper ?? "",
        user: doc.auth?.username ?? "",
        password: "",
        instance: doc.instance ?? "",
        pull: typesOf(doc.pull).join(", "),
        push: typesOf(doc.push).join(", "),
        schedule: String(doc.pull?.schedule ?? doc.push?.schedule ?? 43200),
        onChange: doc.push?.on_change ?? false,
        conflicts: doc.conflicts ?? "keep",
        comment: doc.comment ?? "",
      }
    : EMPTY;
}

function flowOf(before, text, more) {
  const types = listOf(text);
  if (types.length === 0) {
    return undefined;
  }
  const known = before?.categories ?? [];
  const categories = types.map((type) => known.find((one) => (one.type ?? one.category) === type) ?? { type });
  return { ...before, ...more, enabled: undefined, categories: categories.map((one) => ({ ...one, enabled: undefined })) };
}

function authOf(before, { user, password }) {
  if (user.trim() === "") {
    return before?.username === undefined ? before : undefined;
  }
  return { ...before, username: user.trim(), password: password || before?.password || "" };
}

const textOf = (text) => text.trim() || undefined;

export function documentOf(doc, form) {
  const schedule = Number(form.schedule);
  return {
    ...doc,
    _id: doc._id ?? form.name.trim(),
    database: form.database,
    base: textOf(form.base),
    feeds: textOf(form.feeds),
    wrapper: textOf(form.wrapper),
    instance: textOf(form.instance),
    comment: textOf(form.comment),
    auth: authOf(doc.auth, form),
    conflicts: form.conflicts === "keep" ? undefined : form.conflicts,
    pull: flowOf(doc.pull, form.pull, { schedule }),
    push: flowOf(doc.push, form.push, { schedule, on_change: form.onChange || undefined }),
  };
}

/** What is missing or wrong, by the names of fields. */
export function faultsOf(doc, form) {
  const faults = {};
  if (!doc._id && !/^[a-z][a-z0-9_-]{0,63}$/.test(form.name.trim())) {
    faults.name = "name";
  }
  if (form.database === "") {
    faults.database = "database";
  }
  if (!/^https?:\/\/./.test(form.base.trim())) {
    faults.base = "address";
  }
  for (const name of ["feeds", "wrapper"]) {
    if (form[name].trim() && !/^https?:\/\/./.test(form[name].trim())) {
      faults[name] = "address";
    }
  }
  if (!/^\d{1,7}$/.test(form.schedule.trim()) || Number(form.schedule) < 1) {
    faults.schedule = "schedule";
  }
  if (listOf(form.pull).length + listOf(form.push).length === 0) {
    faults.pull = "types";
  }
  return faults;
}
