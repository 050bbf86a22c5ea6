import assert from "node:assert/strict";
import { test } from "node:test";
import { found, isSecret } from "../files/pages/config/settings.js";

const CONFIG = { log: { level: "info", format: "text" }, http: { idle_seconds: "60" }, empty: {} };

test("all settings are found without a search, sections without settings are left out", () => {
  assert.deepEqual(found(CONFIG, "").map(([section, rows]) => [section, rows.length]), [["log", 2], ["http", 1]]);
});

test("every word must be somewhere in section, key or value", () => {
  assert.deepEqual(found(CONFIG, "LOG inf"), [["log", [{ section: "log", key: "level", value: "info" }]]]);
  assert.equal(found(CONFIG, "log/level").length, 1);
  assert.deepEqual(found(CONFIG, "60 log"), []);
});

test("secrets are known by their names, as the node knows them", () => {
  assert.ok(isSecret("admins", "ada"));
  assert.ok(isSecret("jwt_keys", "hmac:_default"));
  assert.ok(isSecret("chttpd_auth", "secret"));
  assert.ok(isSecret("ssl", "password"));
  assert.ok(!isSecret("jwt_keys", "rsa:1"));
  assert.ok(!isSecret("chttpd_auth", "proxy_use_secret"));
  assert.ok(!isSecret("log", "level"));
});
