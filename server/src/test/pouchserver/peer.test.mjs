import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import express from 'express';
import serve from 'express-pouchdb';
import PouchDB from 'pouchdb';

const node = new URL(process.env.SKERRY_URL);
const authorization = 'Basic ' + Buffer.from(`${node.username}:${decodeURIComponent(node.password)}`).toString('base64');

async function request(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...(url.startsWith(node.origin) && { authorization }) },
    body: body && JSON.stringify(body),
  });
  const json = await answer.json();
  assert.ok(answer.ok, `${method} ${url}: ${answer.status} ${JSON.stringify(json)}`);
  return json;
}

/** A database on the node, and one on another server of the same protocol. */
async function peers(t) {
  const folder = mkdtempSync(join(tmpdir(), 'pouchserver-'));
  const app = express();
  app.use('/', serve(PouchDB.defaults({ prefix: folder + '/' }), { inMemoryConfig: true, mode: 'minimumForPouchDB' }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const name = 'p' + randomUUID();
  const ours = `${node.origin}/${name}`;
  const theirs = `http://127.0.0.1:${server.address().port}/${name}`;
  for (const url of [ours, theirs]) await request('PUT', url);
  t.after(async () => {
    await request('DELETE', ours);
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ours, theirs, name };
}

const replicate = (source, target, more = {}) => request('POST', `${node.origin}/_replicate`, { source, target, ...more });

/** All leaves of all documents, as comparable text. */
async function leaves(url) {
  const { results } = await request('GET', `${url}/_changes?style=all_docs`);
  return results.map((row) => row.id + ' ' + row.changes.map((change) => change.rev).sort().join(' ')).sort();
}

test('gives to another server what it has, and takes what that has', async (t) => {
  const { ours, theirs, name } = await peers(t);
  await request('POST', `${ours}/_bulk_docs`, { docs: Array.from({ length: 700 }, (_, i) => ({ _id: `ours/${i}`, i })) });
  await request('POST', `${theirs}/_bulk_docs`, { docs: Array.from({ length: 700 }, (_, i) => ({ _id: `theirs/${i}`, i })) });
  assert.equal((await replicate(name, theirs)).history[0].docs_written, 700);
  assert.equal((await replicate(theirs, name)).history[0].docs_written, 700);
  assert.deepEqual(await leaves(ours), await leaves(theirs));
  assert.equal((await replicate(name, theirs)).history[0].docs_written, 0);
});

test('keeps conflicts and deletions of both', async (t) => {
  const { ours, theirs, name } = await peers(t);
  for (const _id of ['torn', 'gone']) await request('PUT', `${ours}/${_id}`, { at: 'first' });
  await replicate(name, theirs);
  for (const [url, at] of [[ours, 'node'], [theirs, 'server']]) {
    const { _rev } = await request('GET', `${url}/torn`);
    await request('PUT', `${url}/torn`, { _rev, at });
  }
  const { _rev } = await request('GET', `${theirs}/gone`);
  await request('DELETE', `${theirs}/gone?rev=${_rev}`);
  await replicate(name, theirs);
  await replicate(theirs, name);
  assert.deepEqual(await leaves(ours), await leaves(theirs));
  const [here, there] = await Promise.all([ours, theirs].map((url) => request('GET', `${url}/torn?conflicts=true`)));
  assert.deepEqual(here, there);
  assert.equal(here._conflicts.length, 1);
});

test('carries attachments both ways', async (t) => {
  const { ours, theirs, name } = await peers(t);
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256)).toString('base64');
  await request('PUT', `${ours}/from-node`, { _attachments: { 'x.bin': { content_type: 'image/png', data: bytes } } });
  await request('PUT', `${theirs}/from-server`, { _attachments: { 'y.bin': { content_type: 'image/png', data: bytes } } });
  await replicate(name, theirs);
  await replicate(theirs, name);
  for (const [url, id, file] of [[theirs, 'from-node', 'x.bin'], [ours, 'from-server', 'y.bin']]) {
    const document = await request('GET', `${url}/${id}?attachments=true`);
    assert.equal(document._attachments[file].data, bytes);
  }
});
