#!/usr/bin/env node
// Neutral benchmark driver for any server that speaks the CouchDB HTTP API.
// Prints one JSON line per scenario repetition on stdout; progress goes to stderr.
// Options and fields are described in ../README.md.
import { Pool } from 'undici';
import { parseArgs } from 'node:util';
import { readFileSync, readdirSync, writeFileSync, mkdtempSync, rmSync, existsSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuByThread, cpuEach } from './threads.mjs';

const { values: o } = parseArgs({ options: {
  url: { type: 'string', default: 'http://127.0.0.1:5984' },
  user: { type: 'string' }, pass: { type: 'string', default: '' },
  pid: { type: 'string' },                 // server pid; its whole process tree is counted
  'data-dir': { type: 'string' },          // for disk sizes
  label: { type: 'string', default: '' },  // copied into each line
  only: { type: 'string' }, skip: { type: 'string' },
  prefix: { type: 'string', default: 'bench' },
  reps: { type: 'string', default: '3' },
  docs: { type: 'string', default: '100000' }, batch: { type: 'string', default: '1000' },
  'bulk-conns': { type: 'string', default: '4' },
  singles: { type: 'string', default: '20000' }, updates: { type: 'string', default: '20000' },
  conns: { type: 'string', default: '32' },
  'read-seconds': { type: 'string', default: '10' },
  sites: { type: 'string', default: '1000' },
  'filter-new': { type: 'string', default: '10000' },
  'lat-seconds': { type: 'string', default: '20' }, 'lat-interval': { type: 'string', default: '50' },
  'mango-queries': { type: 'string', default: '100' },
  'view-queries': { type: 'string', default: '20' },
  'search-queries': { type: 'string', default: '1000' },
  filters: { type: 'string', default: 'selector,ddoc' }, // kinds of filter tried in 'filtered'
  ids: { type: 'string', default: 'random' },  // random (uuid-like) | seq
  'max-seconds': { type: 'string', default: '1800' }, // bound of any one request or wait
  quiet: { type: 'string', default: '0' },       // wait before each measured part until other programs use fewer than this many cores (0: do not wait)
  'quiet-wait': { type: 'string', default: '120' }, // ... at most this many seconds
  keep: { type: 'boolean', default: false },   // keep the databases at the end
  help: { type: 'boolean', default: false },
}});
const ALL = ['bulk', 'size', 'single', 'update', 'singlewrk', 'read', 'changes', 'alldocs', 'replicate', 'latency', 'view', 'mango', 'search', 'filtered'];
if (o.help) { console.log('scenarios: ' + ALL.join(',') + '\noptions: ' + Object.keys(o).map(k => '--' + k).join(' ')); process.exit(0); }
const only = o.only ? o.only.split(',') : ALL, skip = o.skip ? o.skip.split(',') : [];
const want = s => only.includes(s) && !skip.includes(s);
const N = +o.docs, BATCH = +o.batch, REPS = +o.reps, SITES = +o.sites, CONNS = +o.conns, MAXMS = +o['max-seconds'] * 1000;
const base = new URL(o.url);
if (!['127.0.0.1', 'localhost', '[::1]'].includes(base.hostname)) { console.error('loopback only'); process.exit(2); }
const AUTH = o.user ? { authorization: 'Basic ' + Buffer.from(`${o.user}:${o.pass}`).toString('base64') } : {};
const HDR = { ...AUTH, 'content-type': 'application/json', accept: 'application/json' };
const dburl = db => { const u = new URL(base); if (o.user) { u.username = o.user; u.password = o.pass; } u.pathname = '/' + db; return u.href; };
const pool = n => new Pool(base.origin, { connections: n, pipelining: 1, headersTimeout: MAXMS, bodyTimeout: MAXMS, keepAliveTimeout: 60000 });
const P1 = pool(1);
const sleep = ms => new Promise(r => setTimeout(r, ms));
const now = () => performance.now();
const log = s => process.stderr.write(`[${new Date().toISOString().slice(11, 19)}] ${s}\n`);

// ---------- HTTP ----------
async function req(p, method, path, body, ok = [200, 201, 202]) {
  const r = await p.request({ method, path, headers: HDR, body: body === undefined ? undefined : (typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)) });
  const t = await r.body.text();
  if (ok && !ok.includes(r.statusCode)) throw new Error(`${method} ${path.slice(0, 120)} -> ${r.statusCode} ${t.slice(0, 300)}`);
  let j; try { j = JSON.parse(t); } catch { j = t; }
  return { status: r.statusCode, j, bytes: t.length };
}
const recreate = async db => { await req(P1, 'DELETE', '/' + db, undefined, null); await req(P1, 'PUT', '/' + db); };
const drop = async db => { await req(P1, 'DELETE', '/' + db, undefined, null); };

// Reads a big body without parsing it; counts a marker. Falls back to JSON.parse if the count is not the expected one.
async function streamCount(path, marker, expect, { method = 'GET', body, keep = false } = {}) {
  const t0 = now();
  const r = await P1.request({ method, path, headers: HDR, body });
  const m = Buffer.from(marker); let rows = 0, bytes = 0, tail = Buffer.alloc(0), firstByte = 0; const all = [];
  for await (const c of r.body) {
    if (!firstByte) firstByte = now() - t0;
    bytes += c.length; all.push(c);
    const b = tail.length ? Buffer.concat([tail, c]) : c;
    let i = 0; while ((i = b.indexOf(m, i)) !== -1) { rows++; i += m.length; }
    tail = b.subarray(Math.max(0, b.length - m.length + 1)); // shorter than the marker: no double count
  }
  const wall = now() - t0;
  if (r.statusCode >= 300) throw new Error(`${path} -> ${r.statusCode} ${Buffer.concat(all).toString().slice(0, 300)}`);
  let json;
  if (keep || (expect !== undefined && rows !== expect)) {
    json = JSON.parse(Buffer.concat(all).toString()); rows = (json.results ?? json.rows).length;
  }
  return { wall, rows, bytes, firstByte, json };
}

// ---------- measuring ----------
const TCK = 100;
function tree(root) {
  const kids = new Map();
  for (const d of readdirSync('/proc')) if (/^\d+$/.test(d)) {
    try { const s = readFileSync(`/proc/${d}/stat`, 'utf8'); const pp = +s.slice(s.lastIndexOf(')') + 2).split(' ')[1]; if (!kids.has(pp)) kids.set(pp, []); kids.get(pp).push(+d); } catch {}
  }
  const out = [+root]; for (let i = 0; i < out.length; i++) out.push(...(kids.get(out[i]) ?? []));
  return out;
}
function server() {
  if (!o.pid) return null;
  let cpu = 0, main = 0, rss = 0, wb = 0, procs = 0, hwm = 0;
  for (const p of tree(o.pid)) try {
    const s = readFileSync(`/proc/${p}/stat`, 'utf8'), f = s.slice(s.lastIndexOf(')') + 2).split(' ');
    const c = (+f[11] + +f[12]) / TCK; if (p === +o.pid) main = c;
    cpu += c + (+f[13] + +f[14]) / TCK; // own + reaped children
    const st = readFileSync(`/proc/${p}/status`, 'utf8');
    rss += +(/VmRSS:\s+(\d+)/.exec(st)?.[1] ?? 0); hwm += +(/VmHWM:\s+(\d+)/.exec(st)?.[1] ?? 0); procs++;
    wb += +(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${p}/io`, 'utf8'))?.[1] ?? 0);
  } catch {}
  return { cpu, main, rss, hwm, wb, procs };
}
function host() { const f = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).slice(1).map(Number); return { busy: (f[0] + f[1] + f[2] + f[5] + f[6]) / TCK, steal: f[7] / TCK }; }
const r3 = x => x === undefined || x === null ? undefined : Math.round(x * 1000) / 1000;
function start() {
  const s = server(), h = host(), c = process.cpuUsage(), t = now();
  return (extraClientCpu = 0) => {
    const wall = (now() - t) / 1000, cu = process.cpuUsage(c), s2 = server(), h2 = host();
    const client = (cu.user + cu.system) / 1e6 + extraClientCpu;
    const r = { wall_s: r3(wall), client_cpu_s: r3(client) };
    if (s) {
      r.server_cpu_s = r3(s2.cpu - s.cpu); r.server_main_cpu_s = r3(s2.main - s.main);
      r.server_written_mb = r3((s2.wb - s.wb) / 1e6); r.server_rss_mb = Math.round(s2.rss / 1024); r.server_peak_rss_mb = Math.round(s2.hwm / 1024);
      r.host_other_cpu_s = r3(Math.max(0, h2.busy - h.busy - (s2.cpu - s.cpu) - client)); r.steal_s = r3(h2.steal - h.steal); // CPU that other programs (and the hypervisor) took meanwhile
    }
    return r;
  };
}
function du(extra = {}) {
  if (!o['data-dir']) return {};
  try {
    const b = +execFileSync('du', ['-s', '-B1', o['data-dir'] + '/.'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\t')[0];
    return { du_mb: r3(b / 1e6), ...extra };
  } catch (e) { const m = /^(\d+)/m.exec(String(e.stdout)); return m ? { du_mb: r3(+m[1] / 1e6), ...extra } : {}; }
}
async function settle(maxS = 120) { await settleServer(maxS); await waitQuiet(); }
async function waitQuiet() { // until other programs leave the machine alone, bounded
  const lim = +o.quiet, t0 = now(); if (!lim) return; let q = 0;
  while (now() - t0 < +o['quiet-wait'] * 1000) { const h = host(), t = now(); await sleep(1000); const u = (host().busy - h.busy) / ((now() - t) / 1000); if (u < lim) { if (++q >= 2) return; } else q = 0; }
}
async function settleServer(maxS) { // until the server is idle (compaction, background indexing), bounded
  if (!o.pid) return sleep(2000);
  const t0 = now(); let quiet = 0;
  while (now() - t0 < maxS * 1000) { const a = server().cpu; await sleep(1000); if (server().cpu - a <= 0.1) { if (++quiet >= 2) return; } else quiet = 0; }
}
const pct = (a, p) => { const s = Float64Array.from(a).sort(); return r3(s[Math.min(s.length - 1, Math.floor(p * s.length))]); };
const emit = obj => { console.log(JSON.stringify({ label: o.label || undefined, ...obj })); log(JSON.stringify(obj).slice(0, 400)); };

// ---------- documents: about 1 KB, nested, deterministic ----------
function rng(a) { return () => { a |= 0; a = a + 0x6D2B79F5 | 0; let t = Math.imul(a ^ a >>> 15, 1 | a); t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t; return ((t ^ t >>> 14) >>> 0) / 4294967296; }; }
const pick = (r, a) => a[Math.floor(r() * a.length)];
const FIRST = ['Amina', 'Joseph', 'Grace', 'Moses', 'Sita', 'Ram', 'Fatuma', 'Peter', 'Esther', 'Ibrahim', 'Lakshmi', 'Élise', 'Nguyễn', 'José', 'Zawadi', 'Kofi'];
const LAST = ['Otieno', 'Wanjiru', 'Tamang', 'Diallo', 'Okello', 'Kamau', 'Gurung', 'Mensah', 'Traoré', 'Nakato', 'Shrestha', 'Núñez', 'Achieng', 'Banda'];
const SYM = ['fever', 'cough', 'diarrhoea', 'vomiting', 'fast breathing', 'headache', 'rash', 'chest indrawing', 'convulsions', 'loss of appetite'];
const DRUG = [['A07CA', 'ORS sachet', 'sachet'], ['P01BF01', 'Artemether/lumefantrine 20/120', 'tablet'], ['J01CA04', 'Amoxicillin 250 mg DT', 'tablet'], ['N02BE01', 'Paracetamol 120 mg/5 ml', 'ml'], ['A12CB01', 'Zinc sulfate 20 mg', 'tablet'], ['B03AD03', 'Ferrous sulfate + folic acid', 'tablet']];
const WORDS = 'patient seen at home mother reports symptoms since two days referred to facility for review counselled on danger signs and hydration follow up visit planned next week no known allergies child alert feeding well temperature measured axillary mtoto anaendelea vizuri dawa zimetolewa बिरामीलाई सल्लाह दिइयो'.split(' ');
const TYPES = ['assessment', 'assessment', 'visit', 'visit', 'delivery', 'referral', 'immunization'];
const hex = (r, n) => { let s = ''; while (s.length < n) s += Math.floor(r() * 4294967296).toString(16).padStart(8, '0'); return s.slice(0, n); };
function docId(i, ns = '') { return o.ids === 'seq' ? ns + String(i).padStart(10, '0') : ns + hex(rng(i * 2654435761 + 12345), 32); }
const siteOf = i => 'site-' + String(i % SITES).padStart(4, '0');
function makeDoc(i, site = siteOf(i)) {
  const r = rng(i * 40503 + 7), t = Date.UTC(2024, 0, 1) + Math.floor(r() * 6.3e7) * 1000, nmed = Math.floor(r() * 3), nsym = 1 + Math.floor(r() * 3);
  const s = i % SITES, type = pick(r, TYPES);
  return {
    type: 'report', form: type, form_version: '2.' + Math.floor(r() * 9), site, district: 'district-' + (s % 20), facility: 'facility-' + (s % 200),
    patient_id: 'p' + String(Math.floor(r() * Math.max(1, N / 5))).padStart(7, '0'),
    reported_at: new Date(t).toISOString(), recorded_ms: t,
    reporter: { id: 'chw-' + site.slice(5) + '-' + (i % 7), name: pick(r, FIRST) + ' ' + pick(r, LAST), phone: '+2547' + Math.floor(r() * 1e8).toString().padStart(8, '0'), supervised: r() < 0.5 },
    patient: { name: pick(r, FIRST) + ' ' + pick(r, LAST), sex: r() < 0.5 ? 'female' : 'male', age_months: Math.floor(r() * 720), pregnant: r() < 0.1, household: 'hh-' + hex(r, 8) },
    vitals: { temp_c: Math.round((36 + r() * 4) * 10) / 10, resp_rate: 16 + Math.floor(r() * 40), muac_mm: 100 + Math.floor(r() * 80), weight_kg: Math.round(r() * 700) / 10, spo2: r() < 0.3 ? 88 + Math.floor(r() * 12) : null },
    symptoms: Array.from({ length: nsym }, () => pick(r, SYM)), danger_sign: r() < 0.08,
    medications: Array.from({ length: nmed }, () => { const d = pick(r, DRUG); return { atc: d[0], name: d[1], quantity: 1 + Math.floor(r() * 20), unit: d[2], days: 1 + Math.floor(r() * 10) }; }),
    location: { lat: Math.round((r() * 10 - 5) * 1e5) / 1e5, lon: Math.round((33 + r() * 8) * 1e5) / 1e5, accuracy_m: Math.round(r() * 500) / 10 },
    notes: Array.from({ length: 14 + Math.floor(r() * 20) }, () => pick(r, WORDS)).join(' '), tags: [pick(r, ['iccm', 'anc', 'epi', 'nutrition']), 'y2024'], attempt: 1,
  };
}
let bulkBodies = null, docBytes = 0;
function prepareBulk() {
  if (bulkBodies) return;
  bulkBodies = []; docBytes = 0;
  for (let i = 0; i < N; i += BATCH) {
    const d = []; for (let k = i; k < Math.min(N, i + BATCH); k++) { const s = JSON.stringify({ _id: docId(k), ...makeDoc(k) }); docBytes += Buffer.byteLength(s); d.push(s); }
    bulkBodies.push(Buffer.from('{"docs":[' + d.join(',') + ']}'));
  }
  log(`prepared ${N} docs, mean ${(docBytes / N).toFixed(0)} bytes`);
}
async function loadBulk(db) {
  prepareBulk(); await recreate(db);
  const p = pool(+o['bulk-conns']), lat = []; let next = 0, bad = 0;
  await Promise.all(Array.from({ length: +o['bulk-conns'] }, async () => {
    while (next < bulkBodies.length) {
      const b = bulkBodies[next++], t = now(); const { j } = await req(p, 'POST', `/${db}/_bulk_docs`, b); lat.push(now() - t);
      for (const x of j) if (x.error || !x.rev) bad++;
    }
  }));
  await p.close(); if (bad) throw new Error(`${bad} docs refused in bulk`);
  return lat;
}
const BDB = o.prefix + '_bulk', SDB = o.prefix + '_single', RDB = o.prefix + '_repl', LA = o.prefix + '_lat_a', LB = o.prefix + '_lat_b', WDB = o.prefix + '_wrk';
async function needBulk() {
  const { status, j } = await req(P1, 'GET', '/' + BDB, undefined, null);
  if (status === 200 && j.doc_count >= N && j.doc_count < N * 1.3) return;
  log('loading the bulk database (not measured)'); await loadBulk(BDB); await settle();
}

// ---------- wrk ----------
function wrk(lua, seconds, path, conns = CONNS) {
  const dir = mkdtempSync(join(tmpdir(), 'wrk-')), f = join(dir, 's.lua');
  writeFileSync(f, lua + `
function done(s, l, r)
  io.write(string.format('\\nWRKJSON {"requests":%d,"duration_s":%.3f,"e_connect":%d,"e_read":%d,"e_write":%d,"e_status":%d,"e_timeout":%d,"p50_ms":%.3f,"p90_ms":%.3f,"p99_ms":%.3f,"bytes":%d}\\n', s.requests, s.duration/1e6, s.errors.connect, s.errors.read, s.errors.write, s.errors.status, s.errors.timeout, l:percentile(50)/1000, l:percentile(90)/1000, l:percentile(99)/1000, s.bytes))
end`);
  return new Promise((res, rej) => {
    let out = '', cpu = 0;
    const ch = spawn('wrk', ['-t1', '-c' + conns, '-d' + seconds + 's', '--timeout', '60s', '-s', f, base.origin + path], { stdio: ['ignore', 'pipe', 'inherit'] });
    ch.stdout.on('data', d => out += d);
    const iv = setInterval(() => { try { const s = readFileSync(`/proc/${ch.pid}/stat`, 'utf8'), f = s.slice(s.lastIndexOf(')') + 2).split(' '); cpu = (+f[11] + +f[12]) / TCK; } catch {} }, 100);
    ch.on('close', code => { clearInterval(iv); rmSync(dir, { recursive: true }); const m = /WRKJSON (.*)/.exec(out); m ? res({ ...JSON.parse(m[1]), cpu }) : rej(new Error('wrk failed ' + code + out)); });
    ch.on('error', rej);
  });
}
const luaAuth = o.user ? `wrk.headers["Authorization"] = "${AUTH.authorization}"\n` : '';

// ---------- scenarios ----------
const S = {
  async bulk() {
    prepareBulk();
    for (let rep = 1; rep <= REPS; rep++) {
      await drop(BDB); await settle(); const d0 = du();
      const m = start(); const lat = await loadBulk(BDB); const r = m();
      const d1 = du();
      emit({ scenario: 'bulk', rep, docs: N, doc_bytes: Math.round(docBytes / N), batch: BATCH, conns: +o['bulk-conns'], docs_per_s: Math.round(N / r.wall_s), batch_p50_ms: pct(lat, .5), batch_p99_ms: pct(lat, .99), ...r, cpu_us_per_doc: r.server_cpu_s === undefined ? undefined : r3(r.server_cpu_s / N * 1e6), du_delta_mb: d0.du_mb === undefined ? undefined : r3(d1.du_mb - d0.du_mb) });
    }
  },
  async size() {
    await needBulk(); await settle(); const info = (await req(P1, 'GET', '/' + BDB)).j, before = du(), s0 = server();
    emit({ scenario: 'size', when: 'loaded', docs: info.doc_count, raw_json_mb: docBytes ? r3(docBytes / 1e6) : undefined, db_sizes: info.sizes ?? info.disk_size, ...before, server_rss_mb: s0 && Math.round(s0.rss / 1024), server_peak_rss_mb: s0 && Math.round(s0.hwm / 1024) });
    const m = start(); const c = await req(P1, 'POST', `/${BDB}/_compact`, {}, null); if (c.status >= 300) { emit({ scenario: 'size', when: 'compacted', unsupported: c.status }); return; }
    const t0 = now(); let i2; await sleep(300);
    do { await sleep(200); i2 = (await req(P1, 'GET', '/' + BDB)).j; } while (i2.compact_running && now() - t0 < MAXMS);
    const r = m(); await settle(); const s1 = server();
    emit({ scenario: 'size', when: 'compacted', db_sizes: i2.sizes ?? i2.disk_size, compact: r, ...du(), server_rss_mb: s1 && Math.round(s1.rss / 1024), server_peak_rss_mb: s1 && Math.round(s1.hwm / 1024) });
  },
  async single() {
    const n = +o.singles, bodies = Array.from({ length: n }, (_, i) => Buffer.from(JSON.stringify(makeDoc(i + 5e6))));
    for (let rep = 1; rep <= REPS; rep++) {
      await recreate(SDB); await settle(); const p = pool(CONNS), lat = new Float64Array(n); let next = 0; S.revs = new Array(n);
      const m = start();
      await Promise.all(Array.from({ length: CONNS }, async () => { for (let i; (i = next++) < n;) { const t = now(); const { j } = await req(p, 'PUT', `/${SDB}/${docId(i)}`, bodies[i]); lat[i] = now() - t; S.revs[i] = j.rev; } }));
      const r = m(); await p.close();
      emit({ scenario: 'single', rep, docs: n, conns: CONNS, docs_per_s: Math.round(n / r.wall_s), p50_ms: pct(lat, .5), p90_ms: pct(lat, .9), p99_ms: pct(lat, .99), ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / n * 1e6) });
    }
  },
  async update() {
    const n = Math.min(+o.updates, +o.singles);
    if (!S.revs) { // not loaded by this run: load, not measured
      await recreate(SDB); S.revs = new Array(n);
      for (let i = 0; i < n; i += BATCH) { const d = []; for (let k = i; k < Math.min(n, i + BATCH); k++) d.push({ _id: docId(k), ...makeDoc(k + 5e6) }); const { j } = await req(P1, 'POST', `/${SDB}/_bulk_docs`, { docs: d }); j.forEach((x, k) => { S.revs[i + k] = x.rev; }); }
    }
    const order = Array.from({ length: n }, (_, i) => i), r0 = rng(99); for (let i = n - 1; i > 0; i--) { const k = Math.floor(r0() * (i + 1)); [order[i], order[k]] = [order[k], order[i]]; }
    for (let rep = 1; rep <= REPS; rep++) {
      await settle(); const p = pool(CONNS), lat = new Float64Array(n); let next = 0;
      const m = start();
      await Promise.all(Array.from({ length: CONNS }, async () => { for (let q; (q = next++) < n;) { const i = order[q], d = makeDoc(i + 5e6); d._rev = S.revs[i]; d.attempt = rep + 1; const b = JSON.stringify(d), t = now(); const { j } = await req(p, 'PUT', `/${SDB}/${docId(i)}`, b); lat[q] = now() - t; S.revs[i] = j.rev; } }));
      const r = m(); await p.close();
      emit({ scenario: 'update', rep, docs: n, conns: CONNS, docs_per_s: Math.round(n / r.wall_s), p50_ms: pct(lat, .5), p90_ms: pct(lat, .9), p99_ms: pct(lat, .99), ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / n * 1e6) });
    }
  },
  async singlewrk() { // PUT of new docs, driven by wrk (cheap client), time-bounded
    const b = JSON.stringify(makeDoc(5e6));
    for (let rep = 1; rep <= REPS; rep++) {
      await recreate(WDB); await settle();
      const m = start();
      const w = await wrk(`${luaAuth}wrk.headers["Content-Type"]="application/json"\nlocal n=0\nlocal body=[==[${b}]==]\nmath.randomseed(${rep})\nfunction request() n=n+1; return wrk.format("PUT", string.format("/${WDB}/%08x%08x%08x%08x", math.random(0,2147483646), math.random(0,2147483646), math.random(0,2147483646), n), nil, body) end`, +o['read-seconds'], '/' + WDB);
      const r = m(w.cpu); delete w.cpu;
      emit({ scenario: 'singlewrk', rep, conns: CONNS, docs_per_s: Math.round(w.requests / w.duration_s), ...w, ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / w.requests * 1e6) });
    }
    await drop(WDB);
  },
  async read() {
    await needBulk(); const f = join(tmpdir(), `ids-${process.pid}.txt`); writeFileSync(f, Array.from({ length: N }, (_, i) => docId(i)).join('\n') + '\n');
    const lua = `${luaAuth}wrk.headers["Accept"]="application/json"\nlocal ids={}\nfor l in io.lines("${f}") do ids[#ids+1]=l end\nmath.randomseed(42)\nfunction request() return wrk.format("GET", "/${BDB}/"..ids[math.random(#ids)]) end`;
    await wrk(lua, 2, '/' + BDB); // warm
    for (let rep = 1; rep <= REPS; rep++) {
      await settle(); const m = start(); const w = await wrk(lua, +o['read-seconds'], '/' + BDB); const r = m(w.cpu); delete w.cpu;
      emit({ scenario: 'read', rep, conns: CONNS, req_per_s: Math.round(w.requests / w.duration_s), ...w, ...r, cpu_us_per_req: r.server_cpu_s && r3(r.server_cpu_s / w.requests * 1e6) });
    }
    rmSync(f);
  },
  async changes() {
    await needBulk();
    for (const inc of [false, true]) for (let rep = 1; rep <= REPS; rep++) {
      await settle(); const m = start(); const c = await streamCount(`/${BDB}/_changes?since=0${inc ? '&include_docs=true' : ''}`, '"changes":[', undefined); const r = m();
      emit({ scenario: inc ? 'changes_docs' : 'changes', rep, rows: c.rows, mb: r3(c.bytes / 1e6), docs_per_s: Math.round(c.rows / c.wall * 1000), first_byte_ms: r3(c.firstByte), ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / c.rows * 1e6) });
    }
  },
  async alldocs() {
    await needBulk();
    for (let rep = 1; rep <= REPS; rep++) {
      await settle(); const m = start(); const c = await streamCount(`/${BDB}/_all_docs?include_docs=true`, '"value":{"rev":', undefined); const r = m();
      if (c.rows < N) log(`alldocs: only ${c.rows} rows counted`);
      emit({ scenario: 'alldocs', rep, rows: c.rows, mb: r3(c.bytes / 1e6), docs_per_s: Math.round(c.rows / c.wall * 1000), first_byte_ms: r3(c.firstByte), ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / c.rows * 1e6) });
    }
  },
  async replicate() {
    await needBulk();
    const want = (await req(P1, 'GET', '/' + BDB)).j.doc_count;
    for (let rep = 1; rep <= REPS; rep++) {
      await recreate(RDB); await settle(); const p = pool(1); const m = start();
      const { j } = await req(p, 'POST', '/_replicate', { source: dburl(BDB), target: dburl(RDB) }); const r = m(); await p.close();
      const got = (await req(P1, 'GET', '/' + RDB)).j.doc_count; const h = j.history?.[0] ?? j;
      emit({ scenario: 'replicate', rep, docs: got, complete: got === want, docs_per_s: Math.round(got / r.wall_s), docs_written: h.docs_written, write_failures: h.doc_write_failures, ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / got * 1e6) });
      // learn that nothing is new; by thread, since the process's own clock has steps of 10 ms
      const before = o.pid && cpuByThread(o.pid);
      const m2 = start(); await req(P1, 'POST', '/_replicate', { source: dburl(BDB), target: dburl(RDB) }); const r2 = m2();
      const by = before && cpuEach(before, cpuByThread(o.pid), 1000); // ns to ms
      emit({ scenario: 'replicate_again', rep, ...r2, cpu_ms: by && r3(Object.values(by).reduce((a, b) => a + b, 0)), cpu_ms_by_thread: by });
    }
    await drop(RDB);
  },
  async latency() {
    for (let rep = 1; rep <= REPS; rep++) {
      await recreate(LA); await recreate(LB); await settle();
      const spec = { source: dburl(LA), target: dburl(LB), continuous: true };
      const st = (await req(P1, 'POST', '/_replicate', spec)).j;
      const pc = pool(1), ac = new AbortController(), seen = new Map(); let buf = '';
      const feed = (async () => { try {
        const r = await pc.request({ method: 'GET', path: `/${LB}/_changes?feed=continuous&since=0&heartbeat=5000`, headers: HDR, signal: ac.signal });
        for await (const c of r.body) { const t = now(); buf += c; let k; while ((k = buf.indexOf('\n')) >= 0) { const l = buf.slice(0, k).trim(); buf = buf.slice(k + 1); if (l) { const m = /"id":"([^"]+)"/.exec(l); if (m && !seen.has(m[1])) seen.set(m[1], t); } } }
      } catch (e) { if (!ac.signal.aborted) log('feed: ' + e.message); } })();
      await req(P1, 'PUT', `/${LA}/warm`, { w: 1 }); for (let i = 0; i < 100 && !seen.has('warm'); i++) await sleep(100);
      const pw = pool(4), n = Math.floor(+o['lat-seconds'] * 1000 / +o['lat-interval']), ack = new Map(), sent = new Map(), pend = []; const m = start(), t0 = now();
      for (let i = 0; i < n; i++) {
        const due = t0 + i * +o['lat-interval']; const w = due - now(); if (w > 0) await sleep(w);
        const id = docId(i, 'l'); sent.set(id, now()); pend.push(req(pw, 'PUT', `/${LA}/${id}`, makeDoc(i + 9e6)).then(() => ack.set(id, now())));
      }
      await Promise.all(pend); const te = now(); while (seen.size < n + 1 && now() - te < 30000) await sleep(20);
      const r = m(); ac.abort(); await feed; await pc.destroy(); await pw.close();
      const la = [], ls = [], lw = []; for (const [id, t] of ack) if (seen.has(id)) { la.push(seen.get(id) - t); ls.push(seen.get(id) - sent.get(id)); lw.push(t - sent.get(id)); }
      const c = await req(P1, 'POST', '/_replicate', { ...spec, cancel: true, replication_id: st._local_id }, null);
      emit({ scenario: 'latency', rep, written: n, seen: la.length, ack_to_visible_p50_ms: pct(la, .5), p90_ms: pct(la, .9), p99_ms: pct(la, .99), max_ms: pct(la, 1), sent_to_visible_p50_ms: pct(ls, .5), write_ack_p50_ms: pct(lw, .5), cancel_status: c.status, ...r });
    }
    await drop(LA); await drop(LB);
  },
  async view() {
    await needBulk(); const V = `/${BDB}/_design/bench_v`, q = `${V}/_view/by_place`;
    for (let rep = 1; rep <= REPS; rep++) {
      const old = await req(P1, 'GET', V, undefined, null);
      if (old.status === 200) await req(P1, 'DELETE', `${V}?rev=${old.j._rev}`);
      await req(P1, 'POST', `/${BDB}/_view_cleanup`, {}, null); await settle(); const d0 = du();
      const m = start();
      await req(P1, 'PUT', V, { _id: '_design/bench_v', language: 'javascript', views: { by_place: { map: `function (doc) { /* ${rep} ${Date.now()} */ if (doc.type === 'report') { emit([doc.district, doc.facility, doc.site, doc.form], doc.vitals.temp_c); } }`, reduce: '_count' } } });
      let v; for (let k = 0; k < 20; k++) { v = await req(P1, 'GET', `${q}?reduce=true&update=true`, undefined, null); if (v.status === 200) break; log(`view: ${v.status} ${JSON.stringify(v.j).slice(0, 200)}`); await sleep(500); }
      const r = m(), total = v.j.rows?.[0]?.value; const d1 = du();
      emit({ scenario: 'view_build', rep, indexed: total, docs_per_s: Math.round(total / r.wall_s), ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / total * 1e6), du_delta_mb: d0.du_mb && r3(d1.du_mb - d0.du_mb) });
    }
    await settle();
    for (const [name, path, cnt] of [['view_group1', `${q}?group_level=1`, +o['view-queries']], ['view_group3', `${q}?group_level=3`, +o['view-queries']], ['view_group4', `${q}?group_level=4`, +o['view-queries']], ['view_key100', null, 200]]) {
      const lat = []; let rows = 0; const m = start();
      for (let k = 0; k < cnt; k++) {
        const s = (k * 37) % SITES, pth = path ?? `${q}?reduce=false&limit=100&startkey=${encodeURIComponent(JSON.stringify(['district-' + s % 20, 'facility-' + s % 200, siteOf(s)]))}`;
        const t = now(); const { j } = await req(P1, 'GET', pth); lat.push(now() - t); rows = j.rows.length;
      }
      const r = m(); emit({ scenario: name, rep: 1, queries: cnt, rows, p50_ms: pct(lat, .5), p99_ms: pct(lat, .99), queries_per_s: r3(cnt / r.wall_s), ...r, cpu_ms_per_query: r.server_cpu_s && r3(r.server_cpu_s / cnt * 1e3) });
    }
  },
  async mango() {
    await needBulk(); const nq = +o['mango-queries'], P = Math.max(1, Math.floor(N / 5)), r0 = rng(4711);
    const sel = k => ({ selector: { patient_id: 'p' + String(Math.floor(r0() * P)).padStart(7, '0') }, limit: 50 });
    for (let rep = 1; rep <= REPS; rep++) {
      const list = (await req(P1, 'GET', `/${BDB}/_index`)).j.indexes ?? [];
      for (const x of list) if (x.name === 'bench_pid') await req(P1, 'DELETE', `/${BDB}/_index/${x.ddoc.replace('_design/', '')}/json/bench_pid`, undefined, null);
      await req(P1, 'POST', `/${BDB}/_view_cleanup`, {}, null); await settle();
      const m = start();
      await req(P1, 'POST', `/${BDB}/_index`, { index: { fields: ['patient_id'] }, name: 'bench_pid', ddoc: 'bench_mango_' + rep, type: 'json' });
      let v; for (let k = 0; k < 20; k++) { v = await req(P1, 'POST', `/${BDB}/_find`, sel(), null); if (v.status === 200) break; log('mango: ' + v.status); await sleep(500); }
      const r = m();
      emit({ scenario: 'mango_build', rep, docs: N, docs_per_s: Math.round(N / r.wall_s), warning: v.j.warning, ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / N * 1e6) });
    }
    await settle();
    for (let rep = 1; rep <= REPS; rep++) for (const c of [1, 8]) {
      const p = pool(c), lat = []; let rows = 0, next = 0; const m = start();
      await Promise.all(Array.from({ length: c }, async () => { while (next++ < nq) { const t = now(); const { j } = await req(p, 'POST', `/${BDB}/_find`, sel()); lat.push(now() - t); rows += j.docs.length; } }));
      const r = m(); await p.close(); emit({ scenario: 'mango_find_c' + c, rep, queries: nq, mean_rows: r3(rows / nq), queries_per_s: r3(nq / r.wall_s), p50_ms: pct(lat, .5), p99_ms: pct(lat, .99), ...r, cpu_ms_per_query: r.server_cpu_s && r3(r.server_cpu_s / nq * 1e3) });
    }
  },
  async search() { // full text as CouchDB's Nouveau has it
    await needBulk(); const D = `/${BDB}/_design/bench_s`, U = `${D}/_nouveau/notes`, nq = +o['search-queries'];
    for (let rep = 1; rep <= REPS; rep++) {
      const old = await req(P1, 'GET', D, undefined, null);
      if (old.status === 200) await req(P1, 'DELETE', `${D}?rev=${old.j._rev}`);
      await req(P1, 'POST', `/${BDB}/_nouveau_cleanup`, {}, null); await settle(); const d0 = du();
      const m = start();
      await req(P1, 'PUT', D, { _id: '_design/bench_s', language: 'javascript', nouveau: { notes: { default_analyzer: 'standard', field_analyzers: { district: 'keyword', form: 'keyword' }, index: `function (doc) { /* ${rep} ${Date.now()} */ if (doc.type === 'report') { index('text', 'default', doc.notes); index('text', 'patient', doc.patient.name, { store: true }); index('string', 'district', doc.district); index('string', 'form', doc.form); index('double', 'temp', doc.vitals.temp_c); doc.symptoms.forEach(function (s) { index('text', 'symptom', s); }); } }` } } });
      let v; for (let k = 0; k < 20; k++) { v = await req(P1, 'GET', `${U}?q=*:*&limit=1&counts=${encodeURIComponent('["form"]')}`, undefined, null); if (v.status === 200) break; log(`search: ${v.status} ${JSON.stringify(v.j).slice(0, 200)}`); await sleep(500); }
      const r = m(), total = Object.values(v.j.counts?.form ?? {}).reduce((a, b) => a + b, 0); const d1 = du();
      emit({ scenario: 'search_build', rep, indexed: total, docs_per_s: Math.round(total / r.wall_s), ...r, cpu_us_per_doc: r.server_cpu_s && r3(r.server_cpu_s / total * 1e6), du_delta_mb: d0.du_mb && r3(d1.du_mb - d0.du_mb) });
    }
    await settle();
    const r0 = rng(4712), kinds = {
      search_word: () => ({ q: pick(r0, WORDS.filter(w => /^[a-z]{4,}$/.test(w))), limit: 25 }),
      search_rare: () => ({ q: `patient:${pick(r0, FIRST.filter(w => /^[A-Za-z]+$/.test(w)))} AND patient:${pick(r0, LAST.filter(w => /^[A-Za-z]+$/.test(w)))} AND district:district-${Math.floor(r0() * 20)}`, limit: 25 }),
      search_range: () => { const t = 36 + Math.floor(r0() * 30) / 10; return { q: `form:referral AND temp:[${t} TO ${(t + 0.5).toFixed(1)}]`, sort: '-temp', limit: 25 }; },
      search_counts: () => ({ q: `symptom:${pick(r0, ['fever', 'cough', 'rash'])}`, counts: ['district', 'form'], limit: 1 }),
    };
    for (const [name, make] of Object.entries(kinds)) for (let rep = 1; rep <= REPS; rep++) for (const c of [1, 8]) {
      const p = pool(c), lat = []; let hits = 0, next = 0; const m = start();
      await Promise.all(Array.from({ length: c }, async () => { while (next++ < nq) { const b = make(), t = now(); const { j } = await req(p, 'POST', U, b); lat.push(now() - t); hits += j.total_hits; } }));
      const r = m(); await p.close(); emit({ scenario: `${name}_c${c}`, rep, queries: nq, mean_hits: r3(hits / nq), queries_per_s: r3(nq / r.wall_s), p50_ms: pct(lat, .5), p99_ms: pct(lat, .99), ...r, cpu_ms_per_query: r.server_cpu_s && r3(r.server_cpu_s / nq * 1e3) });
    }
    await settle(); // one document changes, one query follows
    for (let rep = 1; rep <= REPS; rep++) {
      const n = 200, lat = []; const m = start();
      for (let k = 0; k < n; k++) { await req(P1, 'PUT', `/${BDB}/search-${rep}-${k}-${Date.now()}`, makeDoc(k + 8e6)); const t = now(); await req(P1, 'POST', U, { q: 'fever', limit: 1 }); lat.push(now() - t); }
      const r = m(); emit({ scenario: 'search_after_write', rep, queries: n, p50_ms: pct(lat, .5), p99_ms: pct(lat, .99), ...r, cpu_ms_per_query: r.server_cpu_s && r3(r.server_cpu_s / n * 1e3) });
    }
  },
  async filtered() {
    await needBulk(); const site = siteOf(42), D = `/${BDB}/_design/bench_f`;
    const old = await req(P1, 'GET', D, undefined, null);
    if (old.status === 200) await req(P1, 'DELETE', `${D}?rev=${old.j._rev}`);
    await req(P1, 'PUT', D, { _id: '_design/bench_f', language: 'javascript', filters: { by_site: 'function (doc, req) { return doc.site === req.query.site; }' } });
    const kinds = {
      selector: since => ({ path: `/${BDB}/_changes?filter=_selector&style=all_docs&heartbeat=10000&since=${encodeURIComponent(since)}`, method: 'POST', body: JSON.stringify({ selector: { site } }) }),
      ddoc: since => ({ path: `/${BDB}/_changes?filter=bench_f/by_site&site=${site}&style=all_docs&heartbeat=10000&since=${encodeURIComponent(since)}`, method: 'GET' }),
    };
    for (const k of Object.keys(kinds)) if (!o.filters.split(',').includes(k)) delete kinds[k];
    const call = async (k, since) => { const { path, ...rest } = kinds[k](since); return streamCount(path, '"changes":[', undefined, { ...rest, keep: true }); };
    const last = {};
    for (const k of Object.keys(kinds)) for (let rep = 1; rep <= REPS; rep++) {
      await settle(); const m = start();
      let c; try { c = await call(k, '0'); } catch (e) { emit({ scenario: 'filtered_' + k, unsupported: e.message.slice(0, 200) }); break; }
      const feedWall = c.wall; const list = c.json.results.filter(x => !x.id.startsWith('_design/')).flatMap(x => x.changes.map(y => ({ id: x.id, rev: y.rev })));
      const t1 = now(); let got = 0;
      const bg = await req(P1, 'POST', `/${BDB}/_bulk_get?revs=true&attachments=true`, { docs: list }, null);
      if (bg.status === 200) for (const x of bg.j.results) got += x.docs.filter(y => y.ok).length;
      const r = m(); last[k] = c.json.last_seq;
      emit({ scenario: 'filtered_' + k, rep, rows: list.length, got, changes_ms: r3(feedWall), bulk_get_ms: r3(now() - t1), ...r });
    }
    const extra = +o['filter-new'], p = pool(+o['bulk-conns']); const offs = Math.floor(Date.now() / 1000) % 1e6; const js = [];
    for (let i = 0; i < extra; i += BATCH) { const d = []; for (let q = i; q < Math.min(extra, i + BATCH); q++) { let s = q % SITES; if (s === 42 % SITES) s = (s + 1) % SITES; d.push({ _id: docId(q + 2e7 + offs * 1000, 'n'), ...makeDoc(s + SITES * q, siteOf(s)) }); } js.push(JSON.stringify({ docs: d })); }
    await Promise.all(js.map(b => req(p, 'POST', `/${BDB}/_bulk_docs`, b))); await p.close();
    for (const k of Object.keys(last)) for (let rep = 1; rep <= REPS; rep++) {
      await settle(); const m = start(); const c = await call(k, last[k]); const r = m();
      emit({ scenario: `filtered_${k}_nothing_new`, rep, other_changes: extra, rows: c.rows, changes_ms: r3(c.wall), ...r });
    }
  },
};

const info = (await req(P1, 'GET', '/')).j;
emit({ scenario: 'about', server: info.version ?? info['express-pouchdb'] ?? info, vendor: info.vendor?.name, url: base.origin, node: process.version, at: new Date().toISOString(), docs: N, reps: REPS, ids: o.ids });
let failed = 0;
for (const s of ALL) if (want(s)) {
  log('--- ' + s);
  try { await S[s](); } catch (e) { failed++; emit({ scenario: s, error: String(e.stack ?? e).slice(0, 600) }); }
}
if (!o.keep) for (const d of [BDB, SDB, RDB, LA, LB, WDB]) await drop(d).catch(() => {});
await P1.close();
process.exit(failed ? 1 : 0);
