import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import PouchDB from 'pouchdb';
import { request, seen } from './node.mjs';

// Devices of two clinics, with an unchanged PouchDB, at one database of which each gets its part.

const body = (value) => JSON.stringify(value);
const rules = {
  rules: [
    { type: 'patient', site: '/at', urgency: 10 },
    { type: 'note', follow: '/patient' },
    { type: 'word', everyone: true },
  ],
};

async function must(path, method, value) {
  const answer = await request(path, { method, body: value && body(value) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** A database with rules, and for each of these sites a user and a device. */
async function programme(t, ...names) {
  const life = randomUUID().slice(0, 8);
  const name = 'care' + life;
  await request('/_users', { method: 'PUT' });
  await must('/' + name, 'PUT');
  await must(`/${name}/_scope`, 'PUT', rules);
  const folder = mkdtempSync(join(tmpdir(), 'pouch-sites-'));
  const origin = new URL(process.env.SKERRY_URL).origin;
  const devices = {};
  for (const one of names) {
    const id = `${one}-${life}`;
    const auth = { username: id, password: 'tide-' + life };
    const user = { name: id, password: auth.password, roles: [], type: 'user' };
    await must('/_users/org.couchdb.user:' + id, 'PUT', user);
    await must('/_sites/' + id, 'PUT', { users: id, databases: name });
    const remote = new PouchDB(`${origin}/${name}`, { auth, skip_setup: true });
    devices[one] = { id, remote, local: new PouchDB(join(folder, one)) };
  }
  const centre = {
    get: async (id) => (await request(`/${name}/${id}?conflicts=true`)).json(),
    put: (doc) => must(`/${name}/${doc._id}`, 'PUT', doc),
    /** Waits until documents follow what was changed. */
    settled: async (site) => {
      for (;;) {
        if (!(await must(`/${name}/_subset?site=${site.id}`, 'GET')).following) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
  t.after(async () => {
    for (const one of Object.values(devices)) await one.local.close();
    for (const one of Object.values(devices)) {
      const { _rev } = await must('/_sites/' + one.id, 'GET');
      await must(`/_sites/${one.id}?rev=${_rev}`, 'DELETE');
    }
    await must('/' + name, 'DELETE');
    rmSync(folder, { recursive: true, force: true });
  });
  return { name, centre, ...devices };
}

/** The live documents that a database has, without their revisions. */
async function contents(db) {
  const { rows } = await db.allDocs({ include_docs: true });
  return rows.map(({ doc }) => {
    const { _rev, _attachments, ...rest } = doc;
    return { ...rest, attachments: Object.keys(_attachments ?? {}) };
  });
}

/** A device has its subset, and nothing else. */
async function assertSame({ local, remote }) {
  assert.deepEqual(await contents(local), await contents(remote));
}

const patient = (id, site, more) => ({ _id: id, type: 'patient', at: site.id, ...more });
const note = (id, of, more) => ({ _id: id, type: 'note', patient: of, ...more });

test('a device pulls its part and pushes its own', async (t) => {
  const { name, centre, hill, shore } = await programme(t, 'hill', 'shore');
  await centre.put(patient('p1', hill));
  await centre.put(note('n1', 'p1'));
  await centre.put(patient('q1', shore));
  await centre.put({ _id: 'w1', type: 'word' });
  const pulled = await hill.local.replicate.from(hill.remote);
  assert.equal(pulled.docs_written, 3);
  await hill.local.put(note('n2', 'p1', { text: 'from the device' }));
  await hill.local.put(patient('p2', hill));
  const pushed = await hill.local.replicate.to(hill.remote);
  assert.equal(pushed.doc_write_failures, 0);
  assert.equal((await centre.get('n2')).text, 'from the device');
  await assertSame(hill);
  const again = await hill.local.sync(hill.remote);
  assert.equal(again.pull.docs_read, 0);
  const { checkpoints } = await must(`/${name}/_subset?site=${hill.id}`, 'GET');
  assert.deepEqual(checkpoints.map((one) => one.pending), [0], 'where it pushed says nothing of that');
  await shore.local.sync(shore.remote);
  assert.deepEqual((await contents(shore.local)).map((doc) => doc._id), ['q1', 'w1']);
});

test('what is not the site\'s is refused, and the rest goes on', async (t) => {
  const { hill, shore } = await programme(t, 'hill', 'shore');
  await hill.local.bulkDocs([patient('a', hill), patient('b', shore), patient('c', hill)]);
  const refused = [];
  const pushed = await hill.local.replicate.to(hill.remote).on('denied', (one) => refused.push(one));
  assert.equal(pushed.docs_written, 2);
  assert.equal(pushed.doc_write_failures, 1);
  assert.equal(refused.length, 1);
});

test('a note that comes in an earlier part than its patient waits for him at the centre', async (t) => {
  const { name, centre, hill } = await programme(t, 'hill');
  const scan = { content_type: 'text/plain', data: Buffer.from('a scan').toString('base64') };
  await hill.local.put(patient('p1', hill));
  await hill.local.put(note('n1', 'p1', { _attachments: { 'scan.txt': scan } }));
  await hill.local.put(note('n2', 'nobody'));
  await hill.local.put({ ...(await hill.local.get('p1')), phone: '1' });
  const refused = [];
  await hill.local.replicate.to(hill.remote, { batch_size: 1 }).on('denied', (one) => refused.push(one));
  assert.equal(refused.length, 2);
  const here = await hill.local.get('n1');
  assert.equal((await centre.get('n1'))._rev, here._rev);
  assert.equal((await hill.remote.getAttachment('n1', 'scan.txt')).toString(), 'a scan');
  const held = await must(`/${name}/_subset/held?site=${hill.id}`, 'GET');
  assert.deepEqual(held.documents.map((one) => one.id), ['n2']);
  await hill.local.remove(await hill.local.get('n2'));
  await hill.local.sync(hill.remote);
  assert.equal((await must(`/${name}/_subset?site=${hill.id}`, 'GET')).held, 0);
  await assertSame(hill);
});

test('a patient moves away, comes back, and goes again, with the history', async (t) => {
  const { centre, hill, shore } = await programme(t, 'hill', 'shore');
  await centre.put(patient('p1', hill));
  for (let i = 0; i < 30; i++) await centre.put(note('n' + i, 'p1', { i }));
  for (const [to, has] of [[shore, false], [hill, true], [shore, false], [hill, true]]) {
    await hill.local.sync(hill.remote);
    await centre.put({ ...(await centre.get('p1')), at: to.id });
    await centre.settled(hill);
    await hill.local.sync(hill.remote);
    await shore.local.sync(shore.remote);
    assert.equal((await contents(hill.local)).length, has ? 31 : 0);
    assert.equal((await contents(shore.local)).length, has ? 0 : 31);
    await assertSame(hill);
    await assertSame(shore);
  }
  // Nobody deleted anything, and no conflict came of it.
  assert.equal((await centre.get('n7')).i, 7);
  assert.equal((await centre.get('n7'))._conflicts, undefined);
});

test('what the device wrote while its patient left reaches the centre', async (t) => {
  const { centre, hill, shore } = await programme(t, 'hill', 'shore');
  await centre.put(patient('p1', hill));
  await centre.put(note('n1', 'p1', { text: 'first' }));
  await hill.local.sync(hill.remote);
  await hill.local.put({ ...(await hill.local.get('n1')), text: 'written without a line' });
  await hill.local.put(note('n2', 'p1', { text: 'new without a line' }));
  await centre.put({ ...(await centre.get('p1')), at: shore.id });
  await centre.settled(hill);
  const both = await hill.local.sync(hill.remote);
  assert.equal(both.push.doc_write_failures, 0);
  await centre.settled(hill);
  await hill.local.sync(hill.remote);
  assert.equal((await centre.get('n1')).text, 'written without a line');
  assert.equal((await centre.get('n2')).text, 'new without a line');
  assert.deepEqual(await contents(hill.local), []);
  await shore.local.sync(shore.remote);
  assert.equal((await contents(shore.local)).length, 3);
  await assertSame(shore);
});

test('live: what moves in appears, what moves out vanishes, while the device writes', async (t) => {
  const { centre, hill, shore } = await programme(t, 'hill', 'shore');
  await centre.put(patient('p1', shore));
  await centre.put(note('n1', 'p1', { text: 'of the shore' }));
  const live = hill.local.sync(hill.remote, { live: true, retry: true });
  t.after(() => live.cancel());
  await centre.put({ ...(await centre.get('p1')), at: hill.id });
  const arrived = await seen(hill.local, 'n1', (doc) => !doc._deleted && doc.text === 'of the shore');
  await hill.local.put({ ...arrived, text: 'of the hill' });
  await seen(hill.remote, 'n1', (doc) => doc.text === 'of the hill');
  await centre.put({ ...(await centre.get('p1')), at: shore.id });
  await seen(hill.local, 'n1', (doc) => doc._deleted);
  await seen(hill.local, 'p1', (doc) => doc._deleted);
  assert.equal((await centre.get('n1')).text, 'of the hill');
  live.cancel();
});

test('attachments come with their documents and go with them', async (t) => {
  const { centre, hill, shore } = await programme(t, 'hill', 'shore');
  const scan = { content_type: 'text/plain', data: Buffer.from('a scan').toString('base64') };
  await centre.put(patient('p1', hill));
  await centre.put(note('n1', 'p1', { _attachments: { 'scan.txt': scan } }));
  await hill.local.sync(hill.remote);
  assert.equal((await hill.local.getAttachment('n1', 'scan.txt')).toString(), 'a scan');
  const before = await hill.local.get('n1');
  await hill.local.putAttachment('n1', 'more.txt', before._rev, Buffer.from('more'), 'text/plain');
  await hill.local.sync(hill.remote);
  await centre.put({ ...(await centre.get('p1')), at: shore.id });
  await centre.settled(hill);
  await hill.local.sync(hill.remote);
  await shore.local.sync(shore.remote);
  await assert.rejects(hill.remote.getAttachment('n1', 'scan.txt'), { status: 404 });
  assert.equal((await shore.local.getAttachment('n1', 'more.txt')).toString(), 'more');
  await centre.put({ ...(await centre.get('p1')), at: hill.id });
  await centre.settled(hill);
  await hill.local.sync(hill.remote);
  assert.equal((await hill.local.getAttachment('n1', 'scan.txt')).toString(), 'a scan');
  await assertSame(hill);
});

test('a conflict comes to a site whole', async (t) => {
  const { centre, hill } = await programme(t, 'hill');
  await centre.put(patient('p1', hill));
  await hill.local.sync(hill.remote);
  await hill.local.put({ ...(await hill.local.get('p1')), phone: '1' });
  await centre.put({ ...(await centre.get('p1')), phone: '2', _conflicts: undefined });
  await hill.local.sync(hill.remote);
  const here = await hill.local.get('p1', { conflicts: true });
  const there = await centre.get('p1');
  assert.equal(here._rev, there._rev);
  assert.deepEqual(here._conflicts, there._conflicts);
  assert.equal(here._conflicts.length, 1);
});

test('a first synchronisation that breaks off goes on, and misses nothing', async (t) => {
  const { name, centre, hill } = await programme(t, 'hill');
  const docs = [];
  for (let i = 0; i < 700; i++) docs.push(i % 7 ? note('n' + i, 'p' + (i % 7)) : patient('p' + i, hill));
  docs.push(...[1, 2, 3, 4, 5, 6].map((i) => patient('p' + i, hill)));
  await must(`/${name}/_bulk_docs`, 'POST', { docs });
  await centre.settled(hill);
  for (let round = 0; round < 4; round++) {
    const some = hill.local.replicate.from(hill.remote, { batch_size: 40, batches_limit: 1 });
    let left = 2 + round;
    some.on('change', () => --left === 0 && some.cancel());
    await some;
    await centre.put(note(`late${round}`, 'p1'));
  }
  await hill.local.replicate.from(hill.remote, { batch_size: 40 });
  await assertSame(hill);
});

test('a device that a site fetched for keeps what it fetched until it is released', async (t) => {
  const { name, centre, hill, shore } = await programme(t, 'hill', 'shore');
  await centre.put(patient('q1', shore));
  await centre.put(note('m1', 'q1', { text: 'of the shore' }));
  await must(`/${name}/_centre/q1?site=${hill.id}`, 'PUT');
  await centre.settled(hill);
  await hill.local.sync(hill.remote);
  assert.equal((await hill.local.get('m1')).text, 'of the shore');
  await must(`/${name}/_centre/q1?site=${hill.id}`, 'DELETE');
  await centre.settled(hill);
  await hill.local.sync(hill.remote);
  assert.deepEqual(await contents(hill.local), []);
  assert.equal((await centre.get('m1')).text, 'of the shore');
});
