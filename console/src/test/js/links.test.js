import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, linksOf, peersOf, withoutCredentials } from "../files/pages/overview/links.js";

const NOTHING = { docs: [], jobs: [], tasks: [], refused: [] };
const DOC = {
  database: "_replicator",
  doc_id: "to-district",
  id: "abc+continuous",
  source: "clinic",
  target: "https://district.example/clinic/",
  state: "running",
  info: { changes_pending: 3, docs_written: 7 },
  error_count: 0,
};

test("an end is a database here or at a host", () => {
  assert.deepEqual(endOf("clinic"), { host: null, name: "clinic" });
  assert.deepEqual(endOf("https://district.example/a%2Fb/"), { host: "district.example", name: "a/b" });
  assert.deepEqual(endOf("https://district.example/%E0/"), { host: "district.example", name: "%E0" });
  assert.deepEqual(endOf(null), { host: null, name: "" });
});

test("credentials are not shown, wherever they come from", () => {
  assert.equal(endOf("https://ada:secret@district.example/clinic").host, "district.example");
  assert.equal(withoutCredentials("GET https://ada:secret@district.example/ failed"), "GET https://district.example/ failed");
  assert.equal(withoutCredentials("mail ada@clinic.example"), "mail ada@clinic.example");
  const doc = { ...DOC, state: "failed", info: { error: "at http://ada:secret@x.example/a: refused" } };
  assert.doesNotMatch(JSON.stringify(linksOf({ ...NOTHING, docs: [doc] })), /secret/);
});

test("a document, its job and its task are one link", () => {
  const job = {
    database: "_replicator",
    doc_id: "to-district",
    id: "abc+continuous",
    info: { revisions_checked: 9 },
    history: [{ type: "started", timestamp: "2026-01-01T00:00:00Z" }],
  };
  const task = { type: "replication", database: "_replicator", doc_id: "to-district", continuous: true, docs_per_second: 12 };
  const [link, ...more] = linksOf({ ...NOTHING, docs: [DOC], jobs: [job], tasks: [task, { type: "indexer" }], refused: [{ id: "abc", count: 2 }] });
  assert.equal(more.length, 0);
  assert.equal(link.direction, "push");
  assert.equal(link.peer, "district.example");
  assert.equal(link.pending, 3);
  assert.equal(link.checked, 9);
  assert.equal(link.rate, 12);
  assert.deepEqual(link.refused, { id: "abc", count: 2 });
});

test("a link that broke says why and when it tries again", () => {
  const doc = { ...DOC, state: "crashing", info: { error: "Connection refused" }, error_count: 4 };
  const job = { database: "_replicator", doc_id: "to-district", id: DOC.id, next_run: "2026-01-01T00:05:00Z", history: [{ type: "crashed", reason: "Connection refused" }] };
  const [link] = linksOf({ ...NOTHING, docs: [doc], jobs: [job] });
  assert.equal(link.state, "crashing");
  assert.equal(link.error, "Connection refused");
  assert.equal(link.nextRun, "2026-01-01T00:05:00Z");
  assert.equal(link.errors, 4);
});

test("what was stopped here has not failed", () => {
  const state = (error) => linksOf({ ...NOTHING, docs: [{ ...DOC, state: "failed", info: { error } }] })[0].state;
  assert.equal(state("Stopped in the console by ada"), "stopped");
  assert.equal(state("the source is not there"), "failed");
});

test("replications begun by hand come last, with a state of their own", () => {
  const job = (id, more) => ({ id, doc_id: null, database: null, source: "http://other.example/a/", target: "a", info: {}, history: [], ...more });
  const jobs = [job("1", { pid: "<0.1.0>" }), job("2", { pid: null }), job("3", { history: [{ type: "crashed", reason: "gone" }] })];
  const links = linksOf({ ...NOTHING, docs: [DOC], jobs });
  assert.deepEqual(links.map((link) => link.state), ["running", "running", "pending", "crashing"]);
  assert.equal(links[1].direction, "pull");
  assert.equal(links[3].error, "gone");
});

test("links are drawn by peer, those within the node last", () => {
  const links = linksOf({
    ...NOTHING,
    docs: [
      { ...DOC, doc_id: "1", source: "a", target: "b" },
      { ...DOC, doc_id: "2" },
      { ...DOC, doc_id: "3", source: "https://district.example/clinic", target: "clinic" },
      { ...DOC, doc_id: "4", source: "https://one.example/a", target: "https://two.example/a" },
    ],
  });
  assert.deepEqual(peersOf(links).map((peer) => [peer.host, peer.links.length]), [["district.example", 2], ["one.example", 1], [null, 1]]);
  assert.equal(links[3].direction, "relay");
});
