import test from 'node:test';
import assert from 'node:assert/strict';
import { couch, database } from './node.mjs';

const visits = Array.from({ length: 40 }, (_, i) => ({
  _id: `visit/${String(i).padStart(2, '0')}`,
  clinic: ['Antigua', 'Barbuda', 'Ámbar', 'zebra'][i % 4],
  day: 1 + (i % 7),
  cost: i,
}));

test('maps, reduces and groups', async (t) => {
  const db = await database(t);
  await db.bulk({ docs: visits });
  await db.insert(
    {
      views: {
        cost: { map: 'function (doc) { if (doc.clinic) { emit([doc.clinic, doc.day], doc.cost); } }', reduce: '_sum' },
        own: { map: 'doc => { emit(doc.day, doc.cost) }', reduce: 'function (keys, values, rereduce) { return sum(values); }' },
      },
    },
    '_design/v',
  );
  const all = await db.view('v', 'cost', { reduce: false });
  assert.equal(all.total_rows, 40);
  const clinics = await db.view('v', 'cost', { group_level: 1 });
  assert.deepEqual(clinics.rows.map((row) => row.key[0]), ['Ámbar', 'Antigua', 'Barbuda', 'zebra']);
  assert.equal(clinics.rows.reduce((sum, row) => sum + row.value, 0), 780);
  assert.equal((await db.view('v', 'own')).rows[0].value, 780);
  const day = await db.view('v', 'own', { key: 3, reduce: false, include_docs: true });
  assert.ok(day.rows.every((row) => row.doc.day === 3));
  const keys = await db.view('v', 'own', { keys: [7, 1], reduce: false });
  assert.equal(keys.rows[0].key, 7);
  const queries = [{ key: 1, reduce: false }, { group: true, limit: 2 }];
  const both = await couch.request({ db: db.config.db, path: '_design/v/_view/own/queries', method: 'post', body: { queries } });
  assert.deepEqual(both.results.map((result) => result.rows.length), [6, 2]);
  await assert.rejects(db.view('v', 'none'), { statusCode: 404, reason: 'missing_named_view' });
  await assert.rejects(db.view('v', 'own', { group_level: 'x' }), { statusCode: 400, error: 'query_parse_error' });
});

test('finds by selector, with an index and without', async (t) => {
  const db = await database(t);
  await db.bulk({ docs: visits });
  const slow = await db.find({ selector: { day: 3 }, fields: ['_id'] });
  assert.equal(slow.docs.length, 6);
  assert.match(slow.warning, /No matching index found/);
  assert.equal((await db.createIndex({ index: { fields: ['day', 'cost'] }, name: 'by-day' })).result, 'created');
  assert.equal((await db.createIndex({ index: { fields: ['day', 'cost'] }, name: 'by-day' })).result, 'exists');
  const found = await db.find({ selector: { day: 3, cost: { $gt: 10 } }, sort: [{ day: 'desc' }, { cost: 'desc' }], limit: 3, execution_stats: true });
  assert.deepEqual(found.docs.map((doc) => doc.cost), [37, 30, 23]);
  assert.equal(found.warning, undefined);
  assert.equal(found.execution_stats.results_returned, 3);
  const next = await db.find({ selector: { day: 3, cost: { $gt: 10 } }, sort: [{ day: 'desc' }, { cost: 'desc' }], limit: 3, bookmark: found.bookmark });
  assert.deepEqual(next.docs.map((doc) => doc.cost), [16]);
  await assert.rejects(db.find({ selector: { day: { $unknown: 1 } } }), { statusCode: 400, error: 'invalid_operator' });
});

test('updates through a function of a design document', async (t) => {
  const db = await database(t);
  await db.insert(
    { updates: { visit: 'function (doc, req) { doc.visits = (doc.visits || 0) + JSON.parse(req.body).more; return [doc, "now " + doc.visits]; }' } },
    '_design/u',
  );
  await db.insert({ visits: 1 }, 'p');
  assert.equal(await db.atomic('u', 'visit', 'p', { more: 2 }), 'now 3');
  assert.equal((await db.get('p')).visits, 3);
});

test('refuses documents that a design document does not allow', async (t) => {
  const db = await database(t);
  await db.insert({ validate_doc_update: 'function (newDoc) { if (!newDoc.name && !newDoc._deleted) { throw { forbidden: "a name is needed" }; } }' }, '_design/rules');
  await assert.rejects(db.insert({}, 'p'), { statusCode: 403, error: 'forbidden', reason: 'a name is needed' });
  const rows = await db.bulk({ docs: [{ _id: 'q', name: 'Q' }, { _id: 'r' }] });
  assert.equal(rows[0].ok, true);
  assert.equal(rows[1].error, 'forbidden');
});

test('says clearly what it does not run', async (t) => {
  const db = await database(t);
  await db.insert({ shows: { s: 'function () { return "x"; }' } }, '_design/old');
  await assert.rejects(db.show('old', 's', 'p'), (error) => error.statusCode >= 400 && /show functions are obsolete/.test(error.reason));
});
