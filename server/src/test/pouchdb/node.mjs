// What the tests share: the node that they run against, databases of their own, and waiting for events.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import PouchDB from 'pouchdb';

const url = process.env.SKERRY_URL;
if (!url) throw new Error('SKERRY_URL names the node, with credentials');
const base = new URL(url);
// A URL keeps them with its escapes.
const [username, password] = [base.username, base.password].map(decodeURIComponent);
const authorization = 'Basic ' + Buffer.from(`${username}:${password}`).toString('base64');

/** A request with credentials; the path begins with a slash. */
export const request = (path, init = {}) =>
  fetch(base.origin + path, { ...init, headers: { authorization, 'content-type': 'application/json', ...init.headers } });

/** A remote and a local database, both removed when the test ends. */
export async function databases(t) {
  const name = 't' + randomUUID();
  const made = await request('/' + name, { method: 'PUT' });
  if (made.status !== 201) throw new Error(`PUT /${name}: ${made.status} ${await made.text()}`);
  const folder = mkdtempSync(join(tmpdir(), 'pouch-'));
  const local = new PouchDB(join(folder, 'local'));
  const remote = new PouchDB(`${base.origin}/${name}`, { auth: { username, password } });
  t.after(async () => {
    await local.close();
    await request('/' + name, { method: 'DELETE' });
    rmSync(folder, { recursive: true, force: true });
  });
  return { local, remote, name, folder, credentials: { username, password }, origin: base.origin };
}

/** Resolves with the first event of that name. */
export const event = (emitter, name) =>
  new Promise((resolve, reject) => {
    emitter.once(name, resolve);
    emitter.once('error', reject);
  });

/** Resolves when a document passes the test, now or with a later change. */
export function seen(db, id, test) {
  return new Promise((resolve, reject) => {
    const feed = db.changes({ live: true, since: 0, include_docs: true, doc_ids: [id] });
    feed.on('change', (change) => {
      if (test(change.doc, change)) {
        feed.cancel();
        resolve(change.doc);
      }
    });
    feed.on('error', reject);
  });
}

/** All leaves of all documents, as comparable text. */
export async function leaves(db) {
  const { results } = await db.changes({ since: 0, style: 'all_docs' });
  return results.map((row) => row.id + ' ' + row.changes.map((change) => change.rev).sort().join(' ')).sort();
}
