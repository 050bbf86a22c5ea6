import test from 'node:test';
import assert from 'node:assert/strict';
import { couch, database, event } from './node.mjs';

test('reads changes in batches, spooled and live', async (t) => {
  const db = await database(t);
  await db.bulk({ docs: Array.from({ length: 250 }, (_, i) => ({ _id: `c${i}`, even: i % 2 === 0 })) });
  const once = await db.changes({ limit: 10 });
  assert.equal(once.results.length, 10);
  assert.equal(once.pending, 240);
  // It ends when a request brings nothing, and would let the last one wait for a minute.
  const reader = db.changesReader.get({ since: '0', batchSize: 100, timeout: 1000 });
  let seen = 0;
  reader.on('batch', (batch) => (seen += batch.length));
  await event(reader, 'end');
  assert.equal(seen, 250);
  // Not 'now', which is when the request arrives: the change may be there before it.
  const { last_seq } = await db.changes();
  const live = db.changesReader.start({ since: last_seq, includeDocs: true, timeout: 2000 });
  const arrived = event(live, 'change', (change) => change.id === 'late');
  await db.insert({ even: true }, 'late');
  assert.equal((await arrived).doc.even, true);
  db.changesReader.stop();
});

test('filters changes by a selector and by a design document', async (t) => {
  const db = await database(t);
  await db.insert({ filters: { even: 'function (doc, req) { return doc.even === (req.query.wanted !== "odd"); }' } }, '_design/f');
  await db.bulk({ docs: Array.from({ length: 6 }, (_, i) => ({ _id: `c${i}`, even: i % 2 === 0 })) });
  assert.equal((await db.changes({ filter: 'f/even' })).results.length, 3);
  assert.equal((await db.changes({ filter: 'f/even', wanted: 'odd' })).results.length, 3);
  await assert.rejects(db.changes({ filter: 'f/none' }), { statusCode: 404, reason: 'missing json key: none' });
});

test('replicates once, and by a document until it is told to end', async (t) => {
  const source = await database(t);
  const target = await database(t);
  await source.bulk({ docs: [{ _id: 'a' }, { _id: 'b' }] });
  const report = await couch.db.replicate(source.config.db, target.config.db);
  assert.equal(report.ok, true);
  assert.equal((await target.list()).total_rows, 2);
  const job = await couch.db.replication.enable(source.config.db, target.config.db, { continuous: true });
  const live = target.changesReader.start({ since: (await target.changes()).last_seq, timeout: 2000 });
  const arrived = event(live, 'change', (change) => change.id === 'later');
  await source.insert({}, 'later');
  await arrived;
  target.changesReader.stop();
  const state = await couch.db.replication.query(job.id);
  await couch.db.replication.disable(job.id, state._rev);
});

test('hears of databases that come and go', async (t) => {
  const db = await database(t);
  const updates = await couch.updates({ feed: 'normal', since: '0' });
  assert.ok(updates.results.some((row) => row.db_name === db.config.db && row.type === 'created'));
});
