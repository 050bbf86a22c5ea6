import test from 'node:test';
import assert from 'node:assert/strict';
import { couch, database } from './node.mjs';

const text = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
};

test('creates, describes, lists and removes databases', async () => {
  const name = 'nano-life';
  assert.deepEqual(await couch.db.create(name), { ok: true });
  await assert.rejects(couch.db.create(name), { statusCode: 412, error: 'file_exists' });
  assert.ok((await couch.db.list()).includes(name));
  assert.equal((await couch.db.get(name)).db_name, name);
  assert.deepEqual(await couch.db.compact(name), { ok: true });
  assert.deepEqual(await couch.db.destroy(name), { ok: true });
  await assert.rejects(couch.db.get(name), { statusCode: 404, error: 'not_found' });
});

test('inserts, reads, heads and destroys documents', async (t) => {
  const db = await database(t);
  const made = await db.insert({ name: 'Amina', n: 1 }, 'patient/1');
  assert.equal(made.id, 'patient/1');
  const head = await db.head('patient/1');
  assert.equal(head.etag, `"${made.rev}"`);
  await assert.rejects(db.insert({ name: 'again' }, 'patient/1'), { statusCode: 409, reason: 'Document update conflict.' });
  const updated = await db.insert({ _id: 'patient/1', _rev: made.rev, name: 'Amina', n: 2 });
  assert.match(updated.rev, /^2-/);
  assert.equal((await db.get('patient/1', { rev: made.rev })).n, 1);
  assert.equal((await db.get('patient/1', { revs_info: true }))._revs_info.length, 2);
  await db.destroy('patient/1', updated.rev);
  await assert.rejects(db.get('patient/1'), { statusCode: 404, reason: 'deleted' });
  await assert.rejects(db.get('never'), { statusCode: 404, reason: 'missing' });
});

test('writes, fetches and lists many documents', async (t) => {
  const db = await database(t);
  const docs = Array.from({ length: 30 }, (_, i) => ({ _id: `d${String(i).padStart(2, '0')}`, i }));
  const rows = await db.bulk({ docs });
  assert.ok(rows.every((row) => row.ok));
  const fetched = await db.fetch({ keys: ['d03', 'none', 'd01'] });
  assert.deepEqual(fetched.rows.map((row) => row.doc?.i ?? row.error), [3, 'not_found', 1]);
  const revs = await db.fetchRevs({ keys: ['d05'] });
  assert.match(revs.rows[0].value.rev, /^1-/);
  const listed = await db.list({ startkey: 'd10', limit: 3, skip: 1, include_docs: true });
  assert.deepEqual(listed.rows.map((row) => row.doc.i), [11, 12, 13]);
  assert.equal(JSON.parse(await text(db.listAsStream({ limit: 2 }))).rows.length, 2);
});

test('keeps attachments alone, in streams and in multiparts', async (t) => {
  const db = await database(t);
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  const { rev } = await db.attachment.insert('photo', 'x-ray.bin', bytes, 'application/octet-stream');
  assert.deepEqual(await db.attachment.get('photo', 'x-ray.bin'), bytes);
  assert.equal((await text(db.attachment.getAsStream('photo', 'x-ray.bin'))).length, bytes.toString().length);
  await db.attachment.destroy('photo', 'x-ray.bin', { rev });
  const parts = [{ name: 'a.txt', data: 'hello', content_type: 'text/plain' }, { name: 'b.bin', data: bytes, content_type: 'application/octet-stream' }];
  await db.multipart.insert({ note: 'two' }, parts, 'multi');
  const document = await db.get('multi', { attachments: true });
  assert.equal(Buffer.from(document._attachments['a.txt'].data, 'base64').toString(), 'hello');
  assert.match((await db.multipart.get('multi')).toString(), /hello/);
});

test('refuses what is no document, and says why', async (t) => {
  const db = await database(t);
  await assert.rejects(db.insert({ _unknown: 1 }, 'x'), { statusCode: 400, error: 'doc_validation' });
  await assert.rejects(db.insert({}, '_x'), { statusCode: 400 });
  await assert.rejects(couch.db.create('Capital'), { statusCode: 400, error: 'illegal_database_name' });
  assert.equal((await db.list()).total_rows, 0);
});

test('signs in with a session cookie', async () => {
  const session = await couch.session();
  assert.ok(session.userCtx.roles.includes('_admin'));
  assert.equal((await couch.uuids(3)).uuids.length, 3);
});
