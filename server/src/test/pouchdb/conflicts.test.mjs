import test from 'node:test';
import assert from 'node:assert/strict';
import { databases, leaves, request, seen } from './node.mjs';

const json = async (path, init) => (await request(path, init)).json();
const body = (value) => JSON.stringify(value);

/** A device and the node edit the same document apart, and meet. */
async function meet({ local, remote }, here, there) {
  await local.put({ _id: 'patient', name: 'Amina', phone: '0', visits: 10 });
  await local.sync(remote);
  await local.put({ ...(await local.get('patient')), ...here });
  await remote.put({ ...(await remote.get('patient')), ...there });
  await local.replicate.to(remote);
}

test('a device sees what a policy settled as ordinary revisions', async (t) => {
  const dbs = await databases(t);
  const { local, remote, name } = dbs;
  const rules = [{ name: 'all', selector: {}, method: 'merge', members: { '/visits': 'counter' } }];
  const put = await request(`/${name}/_conflict_policy`, { method: 'PUT', body: body({ rules }) });
  assert.equal(put.status, 201);
  await meet(dbs, { phone: '1', visits: 12 }, { name: 'Amina B.', visits: 11 });
  await seen(remote, 'patient', (doc) => doc.visits === 13);
  await local.sync(remote);
  const doc = await local.get('patient', { conflicts: true });
  assert.deepEqual([doc.name, doc.phone, doc.visits], ['Amina B.', '1', 13]);
  assert.equal(doc._conflicts, undefined);
  assert.deepEqual(await leaves(local), await leaves(remote));
  // The device goes on, and the node follows.
  await local.put({ ...doc, phone: '2' });
  await local.sync(remote);
  assert.equal((await remote.get('patient')).phone, '2');
  // The policy itself is a design document like others.
  assert.equal((await local.get('_design/conflicts')).conflicts.rules[0].name, 'all');
});

test('what a person settled and undid on the node arrives on a device', async (t) => {
  const dbs = await databases(t);
  const { local, remote, name } = dbs;
  await meet(dbs, { phone: '1' }, { phone: '2' });
  const conflict = await json(`/${name}/_conflicts/patient`);
  assert.deepEqual(conflict.members.map((member) => [member.path, member.open]), [['/phone', true]]);
  const wish = { leaves: conflict.leaves.map((leaf) => leaf.rev), members: { '/phone': { value: '1, 2' } } };
  const settled = await json(`/${name}/_conflicts/patient`, { method: 'POST', body: body(wish) });
  assert.ok(settled.ok);
  await local.sync(remote);
  assert.equal((await local.get('patient')).phone, '1, 2');
  assert.equal((await json(`/${name}/_conflicts`)).total, 0);
  const undo = { settlement: settled.settlement };
  const undone = await json(`/${name}/_settlements/patient/_undo`, { method: 'POST', body: body(undo) });
  assert.equal(undone.leaves.length, 2);
  await local.sync(remote);
  const doc = await local.get('patient', { conflicts: true });
  const other = await local.get('patient', { rev: doc._conflicts[0] });
  assert.deepEqual([doc.phone, other.phone].sort(), ['1', '2']);
  // A conflict that a device settles by itself is settled for the node, too.
  await local.remove('patient', doc._conflicts[0]);
  await local.sync(remote);
  assert.equal((await json(`/${name}/_conflicts`)).total, 0);
});
