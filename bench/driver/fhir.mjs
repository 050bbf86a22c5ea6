#!/usr/bin/env node
// Drives a FHIR R4 server on loopback: loads bundles, reads by id, updates, searches. Prints one JSON line per part; needs nothing but Node.
//   node fhir.mjs --url http://127.0.0.1:5984/fhir/db --user admin --pass … --pid PID --data demo/fhir [--reps 3] [--reads 20000] …
// The measure is the CPU of the server's process (user and system time, compiler and collector included) for each resource or request.
import { parseArgs } from 'node:util';
import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import http from 'node:http';

const { values: o } = parseArgs({ options: {
  url: { type: 'string' }, user: { type: 'string' }, pass: { type: 'string', default: '' }, pid: { type: 'string' },
  data: { type: 'string' }, reps: { type: 'string', default: '3' }, conns: { type: 'string', default: '4' },
  reads: { type: 'string', default: '20000' }, updates: { type: 'string', default: '10000' }, searches: { type: 'string', default: '2000' },
}});
const base = new URL(o.url);
if (!['127.0.0.1', 'localhost'].includes(base.hostname)) { console.error('loopback only'); process.exit(2); }
const agent = new http.Agent({ keepAlive: true, maxSockets: +o.conns });
const auth = o.user ? { authorization: 'Basic ' + Buffer.from(`${o.user}:${o.pass}`).toString('base64') } : {};

function ask(method, path, body, root = base.pathname) {
  return new Promise((resolve, reject) => {
    const headers = { ...auth, accept: 'application/fhir+json', prefer: 'return=minimal' };
    if (body !== undefined) { headers['content-type'] = 'application/fhir+json'; headers['content-length'] = Buffer.byteLength(body); }
    const r = http.request({ host: base.hostname, port: base.port, agent, method, path: root + path, headers }, a => {
      const parts = []; a.on('data', c => parts.push(c));
      a.on('end', () => resolve({ status: a.statusCode, text: Buffer.concat(parts).toString() })); a.on('error', reject);
    });
    r.on('error', reject); r.end(body);
  });
}
async function must(method, path, body, root) {
  const a = await ask(method, path, body, root);
  if (a.status >= 300) throw new Error(`${method} ${path.slice(0, 120)} -> ${a.status} ${a.text.slice(0, 400)}`);
  return a;
}
function cpu() {
  if (!o.pid) return 0;
  const s = readFileSync(`/proc/${o.pid}/stat`, 'utf8'), f = s.slice(s.lastIndexOf(')') + 2).split(' ');
  return (+f[11] + +f[12]) * 10;
}
const rss = () => o.pid ? Math.round(+/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${o.pid}/status`, 'utf8'))[1] / 1024) : 0;
async function part(name, rep, run) {
  const c = cpu(), t = performance.now(); const n = await run(); const wall = performance.now() - t, used = cpu() - c;
  console.log(JSON.stringify({ part: name, rep, n, cpu_ms_each: +(used / n).toFixed(3), per_second: Math.round(n / wall * 1000), rss_mb: rss() }));
}
async function parallel(n, work) {
  let next = 0;
  await Promise.all(Array.from({ length: +o.conns }, async () => { while (next < n) await work(next++); }));
  return n;
}
const bundles = readdirSync(o.data).filter(f => f.endsWith('.json.gz')).sort().map(f => gunzipSync(readFileSync(join(o.data, f))).toString());

let ids = [];
for (let rep = 1; rep <= +o.reps; rep++) {
  const db = `/${base.pathname.split('/').pop()}`;
  await ask('DELETE', db, undefined, ''); await must('PUT', db, undefined, '');
  ids = [];
  const load = from => async () => {
    let n = 0;
    for (const text of from) {
      const answer = JSON.parse((await must('POST', '', text)).text);
      for (const e of answer.entry) {
        if (!e.response.status.startsWith('20')) throw new Error(JSON.stringify(e.response).slice(0, 300));
        ids.push(e.response.location.replace(/^.*\/fhir\/[^/]+\//, '').split('/_history')[0]); n++;
      }
    }
    return n;
  };
  await part('batch with conditions', rep, load(bundles.slice(0, 2)));
  await part('transaction', rep, load(bundles.slice(2)));
  await part('read', rep, () => parallel(+o.reads, i => must('GET', '/' + ids[i * 7919 % ids.length])));
  const patients = ids.filter(id => id.startsWith('Observation/')).slice(0, 2000), texts = [];
  for (const id of patients) texts.push((await must('GET', '/' + id)).text);
  await part('update', rep, () => parallel(+o.updates, i => {
    const at = i % patients.length;
    return must('PUT', '/' + patients[at], texts[at].replace('"resourceType"', `"language":"x-${rep}-${i}","resourceType"`));
  }));
  await part('search by value', rep, () => parallel(+o.searches, i => must('GET', `/Observation?_id=${patients[i % patients.length].split('/')[1]}`)));
}
agent.destroy();
