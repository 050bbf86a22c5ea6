import assert from "node:assert/strict";
import { test } from "node:test";
import { gauge, MOST, rangeOf, rate, roundedUp, sampleOf, withSample } from "../files/pages/figures/series.js";

const sample = (second, requests, uptime = second) => ({ time: second * 1000, uptime, requests, free: second === 3 ? null : 10 });

test("a counter becomes a rate", () => {
  assert.deepEqual(rate([sample(1, 10), sample(3, 30), sample(4, 30)], "requests"), [{ time: 3000, value: 10 }, { time: 4000, value: 0 }]);
  assert.deepEqual(rate([sample(1, 10)], "requests"), []);
  assert.deepEqual(rate([], "requests"), []);
});

test("a node that started anew has no rate for that gap", () => {
  assert.deepEqual(rate([sample(100, 5), sample(102, 90, 1), sample(104, 92, 3)], "requests"), [{ time: 104000, value: 1 }]);
});

test("what is not known makes no point", () => {
  assert.deepEqual(gauge([sample(1, 0), sample(3, 0)], "free"), [{ time: 1000, value: 10 }]);
});

test("only the last samples are kept", () => {
  let samples = [];
  for (let i = 0; i < MOST + 5; i += 1) {
    samples = withSample(samples, sample(i, i));
  }
  assert.equal(samples.length, MOST);
  assert.equal(samples.at(-1).requests, MOST + 4);
});

test("codes are summed by kind, and what a node does not say is nothing", () => {
  const stats = { couchdb: { httpd_status_codes: { 200: { value: 9 }, 404: { value: 2 }, 409: { value: 3 }, 500: { value: 1 } } } };
  const taken = sampleOf(stats, { uptime: 5 }, 7);
  assert.equal(taken.refused, 5);
  assert.equal(taken.failed, 1);
  assert.equal(taken.requests, 0);
  assert.equal(taken.free, null);
});

test("the top of a chart is a round number", () => {
  for (const [value, top] of [[0, 1], [0.3, 0.5], [1, 1], [1.2, 2], [7, 10], [51, 100], [2_000_001, 5_000_000]]) {
    assert.ok(Math.abs(roundedUp(value) - top) < 1e-9, `${value} to ${roundedUp(value)}`);
  }
  assert.deepEqual(rangeOf([{ value: 3 }, { value: 1 }, { value: 2 }]), { least: 1, most: 3, last: 2 });
});
