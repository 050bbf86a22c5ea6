import test from 'node:test';
import assert from 'node:assert/strict';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import couchbackup from '@cloudant/couchbackup';

const base = new URL(process.env.SKERRY_URL);
const authorization = 'Basic ' + Buffer.from(`${base.username}:${decodeURIComponent(base.password)}`).toString('base64');

async function request(method, path, body) {
  const answer = await fetch(base.origin + path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const json = await answer.json();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
  return json;
}

async function database(t) {
  const name = 'backup' + randomUUID();
  await request('PUT', '/' + name);
  t.after(() => request('DELETE', '/' + name));
  return name;
}

const done = (start) =>
  new Promise((resolve, reject) => start((error, report) => (error ? reject(error) : resolve(report))));

/** All leaves with their histories and contents, as comparable text. */
async function leaves(name) {
  const { results } = await request('GET', `/${name}/_changes?style=all_docs`);
  const docs = results.flatMap((row) => row.changes.map((change) => ({ id: row.id, rev: change.rev })));
  const got = await request('POST', `/${name}/_bulk_get?revs=true`, { docs });
  return got.results.map((result) => JSON.stringify(result.docs[0].ok)).sort();
}

test('backs a database up and restores it, with conflicts and deletions', async (t) => {
  const from = await database(t);
  const docs = Array.from({ length: 1200 }, (_, i) => ({ _id: `patient/${i}`, name: 'Nguyễn 🌊', n: i, exact: 12345678901 }));
  await request('POST', `/${from}/_bulk_docs`, { docs });
  const branches = ['a', 'b', 'c'].map((letter) => ({
    _id: 'torn',
    _rev: `2-${letter.repeat(32)}`,
    _revisions: { start: 2, ids: [letter.repeat(32), 'f'.repeat(32)] },
    letter,
  }));
  await request('POST', `/${from}/_bulk_docs`, { new_edits: false, docs: branches });
  const gone = await request('GET', `/${from}/patient%2F7`);
  await request('DELETE', `/${from}/patient%2F7?rev=${gone._rev}`);

  const folder = mkdtempSync(join(tmpdir(), 'couchbackup-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'backup.txt');
  const url = (name) => base.origin.replace('//', `//${base.username}:${base.password}@`) + '/' + name;
  const target = createWriteStream(file);
  const written = finished(target);
  const saved = await done((callback) =>
    couchbackup.backup(url(from), target, { parallelism: 2, bufferSize: 200, log: join(folder, 'log') }, callback),
  );
  target.end();
  await written; // the client is done when it has handed its last line over
  assert.equal(saved.total, 1203);
  assert.ok(readFileSync(file, 'utf8').includes('Nguyễn 🌊'));

  const to = await database(t);
  await done((callback) => couchbackup.restore(createReadStream(file), url(to), { parallelism: 2, bufferSize: 200 }, callback));
  assert.deepEqual(await leaves(to), await leaves(from));
  const torn = await request('GET', `/${to}/torn?conflicts=true`);
  assert.equal(torn.letter, 'c');
  assert.equal(torn._conflicts.length, 2);
});

test('does not restore into a database that has documents', async (t) => {
  const to = await database(t);
  await request('PUT', `/${to}/here`, {});
  const folder = mkdtempSync(join(tmpdir(), 'couchbackup-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'empty.txt');
  writeFileSync(file, '');
  const url = base.origin.replace('//', `//${base.username}:${base.password}@`) + '/' + to;
  await assert.rejects(
    done((callback) => couchbackup.restore(createReadStream(file), url, {}, callback)),
    { name: 'DatabaseNotEmpty' },
  );
});
