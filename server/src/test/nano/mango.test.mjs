import test from 'node:test';
import assert from 'node:assert/strict';
import { database } from './node.mjs';

const visits = Array.from({ length: 60 }, (_, i) => ({ _id: `v${String(i).padStart(2, '0')}`, site: `s${i % 3}`, day: i, tags: [`t${i % 2}`] }));

test('creates indexes, and pages through what they find', async (t) => {
  const db = await database(t);
  await db.bulk({ docs: visits });
  const index = { index: { fields: ['site', 'day'] }, name: 'by-site' };
  assert.equal((await db.createIndex(index)).result, 'created');
  assert.equal((await db.createIndex(index)).result, 'exists');
  const days = [];
  for (let bookmark, page; ; bookmark = page.bookmark) {
    page = await db.find({ selector: { site: 's1', day: { $gte: 10 } }, sort: [{ site: 'desc' }, { day: 'desc' }], limit: 4, bookmark });
    if (page.docs.length === 0) break;
    assert.equal(page.warning, undefined);
    days.push(...page.docs.map((doc) => doc.day));
  }
  assert.deepEqual(days, visits.filter((doc) => doc.site === 's1' && doc.day >= 10).map((doc) => doc.day).reverse());
});

test('finds without an index, says so, and what it cost', async (t) => {
  const db = await database(t);
  await db.bulk({ docs: visits });
  const found = await db.find({ selector: { tags: { $elemMatch: { $eq: 't1' } }, day: { $lt: 4 } }, fields: ['day'], execution_stats: true });
  assert.deepEqual(found.docs, [{ day: 1 }, { day: 3 }]);
  assert.match(found.warning, /^No matching index found/);
  assert.equal(found.execution_stats.total_docs_examined, 60);
  await assert.rejects(db.find({ selector: {}, sort: ['day'] }), { statusCode: 400, error: 'no_usable_index' });
});
