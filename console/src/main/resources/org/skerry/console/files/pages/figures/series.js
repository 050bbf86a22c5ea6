// Figures over time, from samples of what the node counts. A counter becomes a rate by the difference to the sample before; when the node
// started anew meanwhile, its counters begin at nothing, and that gap has no rate.

/** How many samples are kept: ten minutes of one in two seconds. */
export const MOST = 300;

const at = (tree, path) => path.reduce((node, name) => node?.[name], tree)?.value;

const sumOf = (codes, from, to) =>
  Object.entries(codes ?? {}).reduce((sum, [code, leaf]) => (Number(code) >= from && Number(code) < to ? sum + leaf.value : sum), 0);

/** One look at the node. */
export function sampleOf(stats, system, time) {
  const codes = stats.couchdb?.httpd_status_codes;
  return {
    time,
    uptime: system.uptime,
    requests: at(stats, ["couchdb", "httpd", "requests"]) ?? 0,
    refused: sumOf(codes, 400, 500),
    failed: sumOf(codes, 500, 600),
    writes: at(stats, ["couchdb", "document_writes"]) ?? 0,
    reads: at(stats, ["couchdb", "database_reads"]) ?? 0,
    median: at(stats, ["couchdb", "request_time"])?.median ?? 0,
    memory: (system.memory?.processes_used ?? 0) + (system.memory?.other ?? 0) + (system.memory?.binary ?? 0),
    connections: at(stats, ["couchdb", "httpd", "open_connections"]) ?? 0,
    waiting: at(stats, ["couchdb", "httpd", "clients_requesting_changes"]) ?? 0,
    replications: at(stats, ["couch_replicator", "jobs", "running"]) ?? 0,
    free: at(stats, ["store", "free_bytes"]) ?? null,
  };
}

export const withSample = (samples, sample) => [...samples, sample].slice(-MOST);

/** Points { time, value } of a figure that is what it is. */
export const gauge = (samples, name) => samples.filter((one) => one[name] !== null).map((one) => ({ time: one.time, value: one[name] }));

/** Points of a counter, as so much a second. */
export function rate(samples, name) {
  const points = [];
  for (let i = 1; i < samples.length; i += 1) {
    const [before, after] = [samples[i - 1], samples[i]];
    const seconds = (after.time - before.time) / 1000;
    if (seconds > 0 && after.uptime >= before.uptime && after[name] >= before[name]) {
      points.push({ time: after.time, value: (after[name] - before[name]) / seconds });
    }
  }
  return points;
}

/** Least, most and last of some points. */
export function rangeOf(points) {
  const values = points.map((point) => point.value);
  return { least: Math.min(...values), most: Math.max(...values), last: values.at(-1) };
}

/** A number at or above this one that is good to read at the top of a chart. */
export function roundedUp(value) {
  if (value <= 0) {
    return 1;
  }
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * step).find((round) => round >= value);
}
