import test from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, connect } from 'node:net';
import PouchDB from 'pouchdb';
import { databases, event, leaves, request, seen } from './node.mjs';

const patients = (from, count) => Array.from({ length: count }, (_, i) => ({ _id: `patient/${from + i}`, name: 'Nguyễn 🌊', n: i }));

test('pushes and pulls documents of every id', async (t) => {
  const { local, remote, name, credentials, origin } = await databases(t);
  const ids = ['plain', 'with/slash', 'a b+c', 'ü€😀', '%2F', '..', 'q?x=1&y#z', '_design/app'];
  for (const _id of ids) await local.put({ _id, at: _id });
  const pushed = await local.replicate.to(remote);
  assert.equal(pushed.docs_written, ids.length);
  assert.equal(pushed.doc_write_failures, 0);
  const other = new PouchDB(`/tmp/pull-${name}`, { adapter: 'leveldb' });
  t.after(() => other.destroy());
  const pulled = await PouchDB.replicate(new PouchDB(`${origin}/${name}`, { auth: credentials }), other);
  assert.equal(pulled.docs_written, ids.length);
  for (const id of ids) assert.equal((await other.get(id)).at, id);
  assert.deepEqual(await leaves(other), await leaves(remote));
});

test('replicates a second time without writing anything', async (t) => {
  const { local, remote } = await databases(t);
  await local.bulkDocs(patients(0, 150));
  await local.replicate.to(remote);
  const again = await local.replicate.to(remote);
  assert.equal(again.docs_written, 0);
  assert.equal(again.docs_read, 0);
});

test('carries deletions both ways', async (t) => {
  const { local, remote } = await databases(t);
  await local.bulkDocs(patients(0, 3));
  await local.sync(remote);
  await remote.remove(await remote.get('patient/0'));
  await local.remove(await local.get('patient/1'));
  await local.sync(remote);
  for (const db of [local, remote]) {
    const left = (await db.allDocs()).rows.map((row) => row.id);
    assert.deepEqual(left, ['patient/2']);
    await assert.rejects(db.get('patient/0'), { status: 404, reason: 'deleted' });
  }
});

test('keeps both sides of a conflict, and the same winner everywhere', async (t) => {
  const { local, remote } = await databases(t);
  await local.put({ _id: 'patient', name: 'Amina' });
  await local.sync(remote);
  await local.put({ ...(await local.get('patient')), phone: '1' });
  await remote.put({ ...(await remote.get('patient')), phone: '2' });
  await local.sync(remote);
  const here = await local.get('patient', { conflicts: true });
  const there = await remote.get('patient', { conflicts: true });
  assert.deepEqual(here, there);
  assert.equal(here._conflicts.length, 1);
  const loser = await remote.get('patient', { rev: here._conflicts[0] });
  assert.deepEqual([here.phone, loser.phone].sort(), ['1', '2']);
  await local.remove('patient', here._conflicts[0]);
  await local.sync(remote);
  assert.equal((await remote.get('patient', { conflicts: true }))._conflicts, undefined);
});

test('carries attachments as the same bytes', async (t) => {
  const { local, remote } = await databases(t);
  const photo = Buffer.alloc(300_000, 'skerry');
  await local.put({ _id: 'p', _attachments: { 'photo ü.png': { content_type: 'image/png', data: photo }, note: { content_type: 'text/plain', data: Buffer.from('hello') } } });
  await local.replicate.to(remote);
  assert.ok(photo.equals(await remote.getAttachment('p', 'photo ü.png')));
  await remote.put({ ...(await remote.get('p')), edited: true });
  await remote.putAttachment('q', 'x/ray', Buffer.from([0, 1, 2, 255]), 'application/octet-stream');
  await local.replicate.from(remote);
  assert.ok(photo.equals(await local.getAttachment('p', 'photo ü.png')));
  assert.equal((await local.getAttachment('p', 'note')).toString(), 'hello');
  assert.deepEqual([...(await local.getAttachment('q', 'x/ray'))], [0, 1, 2, 255]);
});

test('syncs live in both directions', async (t) => {
  const { local, remote } = await databases(t);
  const sync = local.sync(remote, { live: true, retry: true });
  const ended = event(sync, 'complete');
  const fromLocal = seen(remote, 'a', (doc) => doc?.v === 1);
  await local.put({ _id: 'a', v: 1 });
  const doc = await fromLocal;
  const fromRemote = seen(local, 'a', (found) => found?.v === 2);
  await remote.put({ ...doc, v: 2 });
  await fromRemote;
  sync.cancel();
  await ended; // PouchDB writes its checkpoint until then, and fails unheard when its database is closed
});

test('goes on where a cut link stopped it', async (t) => {
  const { remote, folder, name, origin, credentials } = await databases(t);
  // A hundred bytes that do not shrink in each: answers travel compressed.
  await remote.bulkDocs(patients(0, 1500).map((doc) => ({ ...doc, seal: randomBytes(100).toString('base64') })));
  const target = new URL(origin);
  const sockets = new Set();
  let bytes = 0;
  let budget = 100_000; // the link breaks after so many bytes of answers
  const relay = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(client);
    client.pipe(upstream);
    // Only where documents come: a broken request for the database's information fails inside PouchDB, where nobody can catch it.
    let breakable = false;
    client.on('data', (chunk) => (breakable = chunk.includes('_bulk_get')));
    upstream.on('data', (chunk) => {
      bytes += chunk.length;
      if (breakable && bytes > budget) client.destroy();
      else client.write(chunk);
    });
    for (const socket of [client, upstream]) socket.on('error', () => {}).on('close', () => (client.destroy(), upstream.destroy()));
  });
  await new Promise((ready) => relay.listen(0, '127.0.0.1', ready));
  t.after(() => relay.close());
  const through = new PouchDB(`http://127.0.0.1:${relay.address().port}/${name}`, { auth: credentials, skip_setup: true });
  const device = new PouchDB(`${folder}/device`);
  t.after(() => device.close());
  await assert.rejects(async () => { await device.replicate.from(through, { batch_size: 100 }); });
  const before = (await device.info()).doc_count;
  assert.ok(before < 1500, `cut off after ${before}`);
  budget = Infinity;
  const rest = await device.replicate.from(through, { batch_size: 100 });
  assert.equal((await device.info()).doc_count, 1500);
  assert.ok(rest.docs_written <= 1500 - before);
  assert.deepEqual(await leaves(device), await leaves(remote));
});

test('replicates a part by selector and by ids', async (t) => {
  const { local, remote } = await databases(t);
  await remote.bulkDocs([{ _id: 'a', site: 1 }, { _id: 'b', site: 2 }, { _id: 'c', site: 1 }]);
  await local.replicate.from(remote, { selector: { site: 1 } });
  assert.deepEqual((await local.allDocs()).rows.map((row) => row.id), ['a', 'c']);
  await local.replicate.from(remote, { doc_ids: ['b'] });
  assert.deepEqual((await local.allDocs()).rows.map((row) => row.id), ['a', 'b', 'c']);
});

test("the node's own replicator continues what PouchDB left, and the other way round", async (t) => {
  const { local, remote, name } = await databases(t);
  const copy = name + '-copy';
  t.after(() => request('/' + copy, { method: 'DELETE' }));
  await local.bulkDocs(patients(0, 20));
  await local.replicate.to(remote);
  const answer = await request('/_replicate', { method: 'POST', body: JSON.stringify({ source: name, target: copy, create_target: true }) });
  const result = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(result));
  assert.equal(result.history[0].docs_written, 20);
  const { results } = await (await request(`/${copy}/_changes?style=all_docs`)).json();
  assert.deepEqual(results.map((row) => row.id + ' ' + row.changes.map((c) => c.rev).join(' ')).sort(), await leaves(remote));
});

test('wrong credentials are refused, and say so', async (t) => {
  const { local, name, origin } = await databases(t);
  const stranger = new PouchDB(`${origin}/${name}`, { auth: { username: 'admin', password: 'wrong' }, skip_setup: true });
  await assert.rejects(async () => { await local.replicate.to(stranger); }, (error) => error.status === 401 || error.status === 403);
});
