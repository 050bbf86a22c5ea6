// CPU of a process by kind of thread, from /proc: where the time of a part goes.
import { readFileSync, readdirSync } from 'node:fs';

const KINDS = [
  [/^C[12] Compiler/, 'compilers'], [/^VM Thread/, 'collector'], [/^skerry-store-wr/, 'writer'], [/^rocksdb:high/, 'flushes'], [/^rocksdb/, 'compactions'],
];

/** Nanoseconds of CPU of each kind of thread so far; those of threads that end meanwhile are missing from a later reading. */
export function cpuByThread(pid) {
  const sums = {};
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    try {
      const name = readFileSync(`/proc/${pid}/task/${task}/comm`, 'utf8').trim();
      const spent = Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
      const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'requests';
      sums[kind] = (sums[kind] ?? 0) + spent;
    } catch (gone) {
      if (gone.code !== 'ENOENT' && gone.code !== 'ESRCH') throw gone;
    }
  }
  return sums;
}

/** What came between two readings, in µs for each of some operations. */
export function cpuEach(before, after, operations) {
  const each = Object.entries(after).map(([kind, spent]) => [kind, (spent - (before[kind] ?? 0)) / operations / 1000]);
  return Object.fromEntries(each.filter(([, spent]) => spent >= 0.05).map(([kind, spent]) => [kind, Number(spent.toFixed(2))]));
}
