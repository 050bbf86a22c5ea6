#!/usr/bin/env node
// What sites cost: a database of documents for many sites, over HTTP, with the server's CPU for each operation.
// bench/sites starts a node and runs it. Prints one JSON line per part on stdout; ../README.md has the figures.
import { Pool } from 'undici';
import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { createHmac, randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { cpuByThread, cpuEach } from './threads.mjs';

const { values: o } = parseArgs({ options: {
  url: { type: 'string' }, user: { type: 'string', default: 'admin' }, pass: { type: 'string' }, pid: { type: 'string' },
  docs: { type: 'string', default: '100000' }, sites: { type: 'string', default: '1000' }, batch: { type: 'string', default: '1000' },
  pulls: { type: 'string', default: '300' }, elsewhere: { type: 'string', default: '10000' }, asks: { type: 'string', default: '2000' },
  rounds: { type: 'string', default: '2' }, warm: { type: 'string', default: '2000' },
  singles: { type: 'string', default: '10000' }, kinds: { type: 'string', default: 'none,places,follow' }, 'only-loads': { type: 'boolean', default: false },
}});
const [N, SITES, BATCH, PULLS, ELSEWHERE, ASKS, ROUNDS, WARM, SINGLES] = [o.docs, o.sites, o.batch, o.pulls, o.elsewhere, o.asks, o.rounds, o.warm, o.singles].map(Number);
const KINDS = o.kinds.split(',');
const origin = new URL(o.url).origin;
const ADMIN = { authorization: 'Basic ' + Buffer.from(`${o.user}:${o.pass}`).toString('base64') };
const open = (connections) => new Pool(origin, { connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
const one = open(1);
const four = open(4);
const manyWriters = open(32);

async function ask(pool, headers, method, path, body) {
  const answer = await pool.request({ method, path, headers: { ...headers, 'content-type': 'application/json' }, body: body && (typeof body === 'string' ? body : JSON.stringify(body)) });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}
const admin = (method, path, body) => ask(one, ADMIN, method, path, body);

// ---------- who asks: tokens, so that no password is hashed ----------
const secret = randomBytes(32);
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function as(site) {
  const head = part({ alg: 'HS256', typ: 'JWT' });
  const claims = part({ sub: 'user-' + site, exp: Math.floor(Date.now() / 1000) + 86400, '_couchdb.roles': [site] });
  const signature = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
  return { authorization: `Bearer ${head}.${claims}.${signature}` };
}
async function config(section, key, value) {
  await admin('PUT', `/_node/_local/_config/${section}/${key}`, JSON.stringify(value));
}

// ---------- measuring ----------
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
function server() {
  const stat = readFileSync(`/proc/${o.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${o.pid}/status`, 'utf8');
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, rss: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024) };
}
async function measure(name, operations, action) {
  const before = server();
  const threads = cpuByThread(o.pid);
  const begun = performance.now();
  const more = (await action()) ?? {};
  const wall = performance.now() - begun;
  const after = server();
  const cpu = after.cpu - before.cpu;
  console.log(JSON.stringify({ part: name, operations, wall_ms: Math.round(wall), cpu_s: Number(cpu.toFixed(2)), cpu_us_each: Number((cpu / operations * 1e6).toFixed(1)), rss_mb: after.rss, threads_us_each: cpuEach(threads, cpuByThread(o.pid), operations), ...more }));
}
/** Waits until what was written is put in order behind it: whose work that is counts it. */
async function settled() {
  for (let quiet = 0, left = 100; quiet < 2 && left > 0; left--) {
    const before = server().cpu;
    await pause(200);
    quiet = server().cpu - before <= 0.01 ? quiet + 1 : 0;
  }
}
const middle = (numbers, share = 0.5) => Number([...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))].toFixed(2));

// ---------- documents of about 1 KB: a patient and nine notes, then the next ----------
const WORDS = 'tide pool harbour skerry lantern gale anchor mooring current slack ebb flood reef shoal buoy'.split(' ');
function documentOf(i) {
  const patient = Math.floor(i / 10);
  const words = Array.from({ length: 130 }, (none, k) => WORDS[(i * 31 + k * 17) % WORDS.length]).join(' ');
  const rest = { number: i, at_time: 1700000000 + i, text: words };
  return i % 10 === 0
    ? { _id: `patient-${patient}`, type: 'patient', at: `s${patient % SITES}`, ...rest }
    : { _id: `note-${i}`, type: 'note', patient: `patient-${patient}`, at: `s${patient % SITES}`, ...rest };
}
async function load(db, count, make) {
  const batches = [];
  for (let from = 0; from < count; from += BATCH) {
    batches.push(JSON.stringify({ docs: Array.from({ length: Math.min(BATCH, count - from) }, (none, k) => make(from + k)) }));
  }
  await Promise.all(batches.map((body) => ask(four, ADMIN, 'POST', `/${db}/_bulk_docs`, body)));
}
/** A document a request. Each connection is a clinic: it saves a patient, then the notes, one after the other; then the next patient. */
async function save(db, count, make) {
  let patient = 0;
  await Promise.all(Array.from({ length: 32 }, async () => {
    for (let first = 10 * patient++; first < count; first = 10 * patient++) {
      for (let i = first; i < first + 10; i++) {
        const { _id, ...body } = make(i);
        await ask(manyWriters, ADMIN, 'PUT', `/${db}/${_id}`, body);
      }
    }
  }));
}
const RULES = {
  places: { rules: [{ site: '/at' }] },
  follow: { rules: [{ type: 'patient', site: '/at' }, { type: 'note', follow: '/patient' }] },
};

async function pull(pool, db, site) {
  const headers = as(site);
  let since = '0';
  let got = 0;
  for (;;) {
    const page = await ask(pool, headers, 'GET', `/${db}/_changes?style=all_docs&limit=500&since=${since}`);
    if (page.results.length === 0) return { since, got };
    const docs = page.results.flatMap((row) => row.changes.map(({ rev }) => ({ id: row.id, rev })));
    const bulk = await ask(pool, headers, 'POST', `/${db}/_bulk_get?revs=true`, { docs });
    got += bulk.results.reduce((sum, result) => sum + result.docs.filter((doc) => doc.ok).length, 0);
    since = page.last_seq;
    if (page.pending === 0) return { since, got };
  }
}

/** A clinic at work: it saves and reads, one after the other, until it is told to stop. In a thread of its own, so that what
 *  300 others make of their documents here does not count as the node's time. */
function clinic(db) {
  const worker = new Worker(new URL('./clinic.mjs', import.meta.url), { workerData: { origin, headers: as('s1'), db } });
  return async () => {
    worker.postMessage('stop');
    const [{ saves, reads }] = await once(worker, 'message');
    return {
      times: saves.length, save_median_ms: middle(saves), save_p99_ms: middle(saves, 0.99),
      read_median_ms: middle(reads), read_p99_ms: middle(reads, 0.99),
    };
  };
}

// ---------- the run ----------
await config('jwt_keys', 'hmac:_default', secret.toString('base64'));
await config('chttpd', 'authentication_handlers', '{chttpd_auth, jwt_authentication_handler}, {chttpd_auth, cookie_authentication_handler}, {chttpd_auth, default_authentication_handler}');
await admin('PUT', '/_sites').catch(() => {});
const sites = Array.from({ length: SITES }, (none, i) => ({ _id: 's' + i, roles: ['s' + i] }));
await admin('POST', '/_sites/_bulk_docs', { docs: sites });

for (let round = 1; round <= ROUNDS; round++) {
  for (const kind of round % 2 ? KINDS : KINDS.toReversed()) {
    const db = `${kind}${round}`;
    await admin('PUT', '/' + db);
    if (RULES[kind]) await admin('PUT', `/${db}/_scope`, RULES[kind]);
    await settled(); // To say whom a thousand places mean is the rules' work, and no document's.
    await measure(`load, rules: ${kind}, round ${round}`, N, () => load(db, N, documentOf).then(settled));
  }
}
for (let round = 1; round <= (SINGLES ? ROUNDS : 0); round++) {
  for (const kind of round % 2 ? KINDS : KINDS.toReversed()) {
    const db = `single-${kind}${round}`;
    await admin('PUT', '/' + db);
    if (RULES[kind]) await admin('PUT', `/${db}/_scope`, RULES[kind]);
    await settled(); // To say whom a thousand places mean is the rules' work, and no document's.
    await measure(`single saves, rules: ${kind}, round ${round}`, SINGLES, () => save(db, SINGLES, documentOf).then(settled));
  }
}
await manyWriters.close();
if (o['only-loads']) process.exit(0);
const db = `follow${ROUNDS}`;
await pause(1000);
const ends = {};
/** First pulls of sites, one after the other. */
const pullOf = (count) => async () => {
  const times = [];
  let got = 0;
  for (let i = 0; i < count; i++) {
    const site = 's' + i % Math.min(100, SITES);
    const begun = performance.now();
    const pulled = await pull(one, db, site);
    times.push(performance.now() - begun);
    ends[site] = pulled.since;
    got += pulled.got;
  }
  return { documents: got / count, first_ms: Number(times[0].toFixed(2)), median_ms: middle(times) };
};
/** The smallest request there is, by the same user: what a request costs that asks for nothing. */
const smallest = (what) => measure(`_uuids, beside ${what}`, ASKS, async () => {
  const headers = as('s1');
  for (let i = 0; i < ASKS; i++) await ask(one, headers, 'GET', '/_uuids');
});
const nothingNew = (name) => measure(`nothing new, ${name}`, ASKS, async () => {
  const times = [];
  for (let i = 0; i < ASKS; i++) {
    const site = 's' + i % 50;
    const begun = performance.now();
    const page = await ask(one, as(site), 'GET', `/${db}/_changes?style=all_docs&since=${ends[site]}`);
    times.push(performance.now() - begun);
    if (page.results.length) throw new Error('something new at ' + site);
  }
  return { median_ms: middle(times) };
});
await measure('first pulls, the first 50 of a node', 50, pullOf(50));
await load(db, ELSEWHERE, (i) => ({ _id: 'elsewhere-' + i, type: 'patient', at: 's' + (100 + i % (SITES - 100)), i }));
await pause(1000);
await nothingNew('after changes elsewhere');
await smallest('a young node');
await measure(`${WARM} pulls, so that the node is warm`, WARM, pullOf(WARM));
await measure('first pulls, warm', 300, pullOf(300));
await smallest('warm pulls');
await nothingNew('warm up');
await nothingNew('warm');
await smallest('nothing new');
await measure('a document read by its id, for comparison', ASKS, async () => {
  const headers = as('s1');
  for (let i = 0; i < ASKS; i++) await ask(one, headers, 'GET', `/${db}/patient-1`);
});
const alone = clinic(db);
await pause(10_000);
const quiet = await alone();
console.log(JSON.stringify({ part: 'a clinic at work, alone', ...quiet }));
const many = open(PULLS);
const working = clinic(db);
await measure(`${PULLS} first pulls at once, beside a clinic at work`, PULLS, async () => {
  const times = [];
  await Promise.all(Array.from({ length: PULLS }, async (none, i) => {
    const begun = performance.now();
    const { got } = await pull(many, db, 's' + (100 + i % (SITES - 100)));
    if (got < N / SITES) throw new Error(`site ${i}: ${got} documents`);
    times.push(performance.now() - begun);
  }));
  const busy = await working();
  const ratio = (member) => Number((busy[member] / quiet[member]).toFixed(1));
  return { median_ms: middle(times), last_ms: middle(times, 1), clinic: busy, save_ratio: ratio('save_median_ms'), read_ratio: ratio('read_median_ms') };
});
await many.close();
await one.close();
await four.close();
