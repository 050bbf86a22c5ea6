// What the node says of its replications in four places, joined to one list of links: documents that ask for them, jobs, running tasks, and
// documents that were refused. No link shows credentials: the node leaves them out of these answers, and so does this, should it not.

/** How the node's reason begins when somebody stopped a replication, now and in earlier versions. */
const STOPPED = /^Stopped (in the console )?by /;

/** An end of a link: a database of this node (host null), or one elsewhere. */
export function endOf(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    return { host: null, name: text ?? "" };
  }
  const name = url.pathname.replace(/^\/+|\/+$/g, "");
  return { host: url.host, name: readable(name) };
}

function readable(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A text as it may be shown: what stands before the @ of an address is nobody's business. */
export function withoutCredentials(text) {
  return String(text ?? "").replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*(?::[^\s/?#@]*)?@/gi, "$1");
}

function directionOf(source, target) {
  if (source.host && target.host) {
    return "relay";
  }
  if (source.host) {
    return "pull";
  }
  return target.host ? "push" : "local";
}

const baseOf = (id) => (id ?? "").split("+")[0];

function stateOf(given, error) {
  return given === "failed" && STOPPED.test(error ?? "") ? "stopped" : given;
}

/** The state of a job that no document asks for. */
function stateOfJob(job) {
  if (job.history[0]?.type === "crashed") {
    return "crashing";
  }
  return job.pid ? "running" : "pending";
}

function link(doc, job, task, refused) {
  const source = endOf(doc?.source ?? job?.source);
  const target = endOf(doc?.target ?? job?.target);
  const direction = directionOf(source, target);
  const info = { ...job?.info, ...doc?.info, ...task };
  const crash = job?.history?.find((event) => event.type === "crashed");
  const error = doc?.info?.error ?? (job?.history?.[0]?.type === "crashed" ? crash.reason : null);
  const id = doc?.id ?? job?.id ?? null;
  return {
    key: doc ? `${doc.database}/${doc.doc_id}` : `job ${job.id}`,
    database: doc?.database ?? null,
    doc: doc?.doc_id ?? null,
    id,
    source,
    target,
    direction,
    peer: direction === "push" ? target.host : source.host,
    state: doc ? stateOf(doc.state, error) : stateOfJob(job),
    error: error ? withoutCredentials(error) : null,
    lastCrash: crash ? { ...crash, reason: withoutCredentials(crash.reason) } : null,
    errors: doc?.error_count ?? 0,
    nextRun: job?.next_run ?? null,
    continuous: task?.continuous ?? (id ?? "").includes("+continuous"),
    pending: info.changes_pending ?? null,
    behindSince: info.behind_since ?? null,
    rate: task?.docs_per_second ?? null,
    written: info.docs_written ?? 0,
    read: info.docs_read ?? 0,
    failures: info.doc_write_failures ?? 0,
    checked: info.revisions_checked ?? 0,
    since: doc?.last_updated ?? job?.history?.[0]?.timestamp ?? null,
    started: doc?.start_time ?? job?.start_time ?? null,
    user: job?.user ?? task?.user ?? null,
    history: (job?.history ?? []).map((event) => ({ ...event, reason: event.reason && withoutCredentials(event.reason) })),
    refused: refused ? { id: refused.id, count: refused.count } : null,
  };
}

/** All links, in the order of their documents; then those without one. */
export function linksOf({ docs, jobs, tasks, refused }) {
  const named = (rows, doc) => rows.find((row) => row.database === doc.database && row.doc_id === doc.doc_id);
  const refusedOf = (id) => refused.find((one) => baseOf(one.id) === baseOf(id));
  const running = tasks.filter((task) => task.type === "replication");
  const asked = docs.map((doc) => {
    const job = named(jobs, doc);
    const id = doc.id ?? job?.id;
    return link(doc, job, named(running, doc), id && refusedOf(id));
  });
  const others = jobs
    .filter((job) => !job.doc_id)
    .map((job) => link(null, job, running.find((task) => task.replication_id === job.id), refusedOf(job.id)));
  return [...asked, ...others];
}

/** The links by peer, in the order in which peers first come; those within this node are the last. */
export function peersOf(links) {
  const peers = new Map();
  for (const one of links) {
    const host = one.peer ?? "";
    peers.set(host, [...(peers.get(host) ?? []), one]);
  }
  return [...peers.entries()]
    .map(([host, theirs]) => ({ host: host || null, links: theirs }))
    .sort((a, b) => Number(a.host === null) - Number(b.host === null));
}
