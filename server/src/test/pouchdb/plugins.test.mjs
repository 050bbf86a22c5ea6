import test from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import PouchDB from 'pouchdb';
import find from 'pouchdb-find';
import authentication from 'pouchdb-authentication';
import { databases, request } from './node.mjs';

PouchDB.plugin(find);
PouchDB.plugin(authentication);

const patients = Array.from({ length: 60 }, (_, i) => ({ _id: `patient/${i}`, age: i, site: ['hill', 'coast'][i % 2] }));

test('finds the same here and there, with an index on both sides', async (t) => {
  const { local, remote } = await databases(t);
  await local.bulkDocs(patients);
  await local.replicate.to(remote);
  const query = { selector: { age: { $gte: 50 }, site: 'coast' }, sort: [{ age: 'desc' }], fields: ['_id', 'age'], limit: 3 };
  for (const db of [local, remote]) await db.createIndex({ index: { fields: ['age'], name: 'age', ddoc: 'age' } });
  const [here, there] = await Promise.all([local.find(query), remote.find(query)]);
  assert.deepEqual(there.docs, here.docs);
  assert.deepEqual(there.docs.map((doc) => doc.age), [59, 57, 55]);
  const { indexes } = await remote.getIndexes();
  assert.deepEqual(indexes.map((index) => index.name), ['_all_docs', 'age']);
  assert.equal((await remote.explain(query)).index.name, 'age');
  await remote.deleteIndex(indexes[1]);
  assert.equal((await remote.getIndexes()).indexes.length, 1);
});

test('queries views of the node', async (t) => {
  const { remote } = await databases(t);
  await remote.bulkDocs(patients);
  await remote.put({ _id: '_design/v', views: { site: { map: 'function (doc) { emit(doc.site, doc.age); }', reduce: '_sum' } } });
  const { rows } = await remote.query('v/site', { group: true });
  assert.deepEqual(rows, [{ key: 'coast', value: 900 }, { key: 'hill', value: 870 }]);
  const some = await remote.query('v/site', { key: 'hill', reduce: false, include_docs: true, limit: 2, descending: true });
  assert.deepEqual(some.rows.map((row) => row.doc.site), ['hill', 'hill']);
});

test('pulls by a filter function of a design document', async (t) => {
  const { local, remote } = await databases(t);
  await remote.bulkDocs(patients);
  await remote.put({ _id: '_design/f', filters: { site: 'function (doc, req) { return doc.site === req.query.site; }' } });
  const pulled = await local.replicate.from(remote, { filter: 'f/site', query_params: { site: 'hill' } });
  assert.equal(pulled.docs_written, 30);
});

test('signs users in and out', async (t) => {
  const { name, origin } = await databases(t);
  const user = `nurse-${randomUUID()}`;
  const made = await request(`/_users/org.couchdb.user:${user}`, {
    method: 'PUT',
    body: JSON.stringify({ name: user, password: 'tide pool', roles: [], type: 'user' }),
  });
  assert.equal(made.status, 201);
  await request(`/${name}/_security`, { method: 'PUT', body: JSON.stringify({ members: { names: [user] } }) });
  const db = new PouchDB(`${origin}/${name}`, { skip_setup: true });
  assert.equal((await db.logIn(user, 'tide pool')).ok, true);
  await assert.rejects(db.logIn(user, 'wrong'), { name: 'unauthorized' });
});
