// What the tests share: nano on the node that they run against, and databases of their own.
import { randomUUID } from 'node:crypto';
import nano from 'nano';

const url = process.env.SKERRY_URL;
if (!url) throw new Error('SKERRY_URL names the node, with credentials');

/** The node, as its administrator. */
export const couch = nano(url);

/** The node's URL without credentials. */
export const origin = new URL(url).origin;

/** The administrator's name and password. */
export const credentials = (({ username, password }) => [username, password].map(decodeURIComponent))(new URL(url));

/** A database that is removed when the test ends. */
export async function database(t) {
  const name = 'nano' + randomUUID();
  await couch.db.create(name);
  t.after(() => couch.db.destroy(name));
  return couch.db.use(name);
}

/** Resolves with the first event of that name that passes the test. */
export const event = (emitter, name, passes = () => true) =>
  new Promise((resolve, reject) => {
    emitter.on(name, (value) => passes(value) && resolve(value));
    emitter.once('error', reject);
  });
