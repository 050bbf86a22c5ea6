import test from 'node:test';
import assert from 'node:assert/strict';
import PouchDB from 'pouchdb';
import find from 'pouchdb-find';
import { databases } from './node.mjs';

PouchDB.plugin(find);

const visits = Array.from({ length: 50 }, (_, i) => ({ _id: `v${i}`, site: `s${i % 4}`, day: i }));

test('asks a node, whose indexes then replicate', async (t) => {
  const { local, remote } = await databases(t);
  await remote.bulkDocs(visits);
  assert.equal((await remote.createIndex({ index: { fields: ['site', 'day'] } })).result, 'created');
  const query = { selector: { site: 's2', day: { $gt: 20 } }, sort: ['site', 'day'], fields: ['day'] };
  const days = (await remote.find(query)).docs.map((doc) => doc.day);
  assert.deepEqual(days, visits.filter((doc) => doc.site === 's2' && doc.day > 20).map((doc) => doc.day));
  const [, index] = (await remote.getIndexes()).indexes;
  assert.equal((await remote.explain(query)).index.ddoc, index.ddoc);
  await local.replicate.from(remote);
  assert.deepEqual((await local.find(query)).docs.map((doc) => doc.day), days);
  assert.deepEqual(await remote.deleteIndex(index), { ok: true });
  assert.equal((await remote.getIndexes()).total_rows, 1);
});
