// A clinic at work, beside whatever sites.mjs does: a thread that saves a document and reads one until it is told to stop.
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';

const { origin, headers, db } = workerData;
const pool = new Pool(origin, { connections: 1, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
const saves = [];
const reads = [];
let stop = false;
parentPort.once('message', () => { stop = true; });

async function timed(times, method, path, body) {
  const begun = performance.now();
  const answer = await pool.request({ method, path, headers: { ...headers, 'content-type': 'application/json' }, body });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
  times.push(performance.now() - begun);
}

for (let i = 0; !stop; i++) {
  await timed(saves, 'PUT', `/${db}/work-${Date.now()}-${i}`, JSON.stringify({ type: 'patient', at: 's1', i }));
  await timed(reads, 'GET', `/${db}/patient-1`);
}
await pool.close();
parentPort.postMessage({ saves, reads });
