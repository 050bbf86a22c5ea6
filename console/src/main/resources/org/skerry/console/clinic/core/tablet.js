// This tablet: a PouchDB database in the browser. Everything is read and written here, whether there is a line or not; while there is one,
// two replications run over it, from the centre (only what a clinic needs) and to it. PouchDB and the node do all of that: what one reads
// here is all the code that it takes.

import { api, url } from "../../core/api.js";
import { msg } from "../../core/language.js";
import { recall, remember } from "../../core/memory.js";
import { revived } from "../../core/session.js";
import { createState } from "../../core/state.js";
import { cut, fetchOverLine } from "./link.js";
import { createRecords, DATABASE, isPatient, PATIENTS } from "./records.js";
import { crossOff, loadPending, pending, waits } from "./pending.js";

const PLACE = "clinic-database";
const LONGEST_PAUSE_MS = 10_000;

const { PouchDB } = globalThis;
const kept = createRecords();

/** state: "cut", "busy", "idle" (both sides have the same) or "broken"; at: when both sides last had the same, or null. */
export const sync = createState({ state: "busy", at: null });

let db = null;
let running = [];

export const tablet = {
  name: "tablet",
  title: msg("clinic.tablet"),
  text: msg("clinic.tablet.text"),
  icon: "document",
  records: kept.records,
  live: createState(true),
  async save(doc) {
    const { rev } = await db.put(doc);
    await waits(db, doc._id, rev);
    // It may have gone over before it was noted.
    await settle();
  },
  version: (id, rev) => db.get(id, { rev }),
};

/** Opens the database of this user and this demo, shows what is in it, and joins it with the centre. */
export async function openTablet(user, signal) {
  const name = await databaseOf(user);
  await removeOther(name);
  db = new PouchDB(name, { auto_compaction: true });
  await loadPending(db);
  const { update_seq: since } = await db.info();
  const { rows } = await db.allDocs({ include_docs: true, conflicts: true });
  kept.take(rows.map((row) => row.doc), { first: true });
  const changes = db
    .changes({ since, live: true, include_docs: true, conflicts: true })
    // What comes before both sides have the same for the first time is no news.
    .on("change", (change) => kept.take([change.doc], { first: sync.get().at === null }));
  const unwatch = [cut.watch(connect), revived.watch(connect)];
  signal.addEventListener("abort", () => {
    changes.cancel();
    unwatch.forEach((stop) => stop());
    disconnect();
  });
  connect();
}

/** The name of this user's database of this demo; when the centre cannot be asked, the one that this user had last. */
async function databaseOf(user) {
  try {
    const [{ uuid }, { instance_start_time: begun }] = await Promise.all([api.get([]), api.get([DATABASE])]);
    return `skerry-clinic-${uuid}-${begun}-${user}`;
  } catch (problem) {
    const known = recall(PLACE);
    if (problem.status === 0 && known?.endsWith(`-${user}`)) {
      return known;
    }
    throw problem;
  }
}

/** An earlier demo's records, or another user's, do not stay behind in this browser. */
async function removeOther(name) {
  const known = recall(PLACE);
  if (known && known !== name) {
    await new PouchDB(known).destroy();
  }
  remember(PLACE, name);
}

/** Who signs out leaves no records in the browser, unless some still wait to be sent: those are kept for the next time. */
export async function forgetTablet() {
  disconnect();
  if (db && pending.get().size === 0) {
    await db.destroy();
    remember(PLACE, null);
  }
}

function disconnect() {
  for (const { replication } of running) {
    replication.cancel();
  }
  running = [];
}

function connect() {
  disconnect();
  if (cut.get()) {
    sync.change((last) => ({ ...last, state: "cut" }));
    return;
  }
  sync.change((last) => ({ ...last, state: "busy" }));
  const remote = remoteDatabase();
  const options = { live: true, retry: true, back_off_function: (last) => Math.min(LONGEST_PAUSE_MS, last ? last * 2 : 500) };
  const ways = [
    { replication: db.replicate.from(remote, { ...options, selector: PATIENTS }), idle: false },
    { replication: db.replicate.to(remote, { ...options, filter: (doc) => isPatient(doc._id) }), idle: false },
  ];
  running = ways;
  for (const way of ways) {
    const tell = (idle, state = sync.get().state) => {
      way.idle = idle;
      if (running === ways) {
        sync.change((last) => ({ ...last, state }));
        settle();
      }
    };
    way.replication
      .on("active", () => tell(false, "busy"))
      .on("change", () => tell(way.idle, "busy"))
      .on("paused", (failure) => (failure ? tell(false, "broken") : tell(true)))
      .on("denied", () => tell(false, "broken"))
      .on("error", () => tell(false, "broken"));
  }
}

function remoteDatabase() {
  return new PouchDB(url([DATABASE]).href, { fetch: fetchOverLine, skip_setup: true });
}

/** Crosses off what arrived; when both ways have nothing to do and nothing waits, both sides have the same. */
async function settle() {
  const ways = running;
  if (ways.length === 0) {
    return;
  }
  try {
    await crossOff(db, remoteDatabase());
  } catch {
    // The line broke: asked again when it is back.
    return;
  }
  if (ways === running && ways.every((way) => way.idle) && pending.get().size === 0) {
    sync.set({ state: "idle", at: Date.now() });
  }
}
