// The names of databases that this browser opened last.

import { recall, remember } from "../../core/memory.js";

const MOST = 12;

export function opened() {
  try {
    const names = JSON.parse(recall("databases") ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

export function rememberOpened(name) {
  remember("databases", JSON.stringify([name, ...opened().filter((other) => other !== name)].slice(0, MOST)));
}

export function forgetOpened(name) {
  remember("databases", JSON.stringify(opened().filter((other) => other !== name)));
}
