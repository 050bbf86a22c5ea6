// What differs between two texts, line by line: for a save that met somebody else's. Lines are { kind: "same" | "left" | "right", text }.

/** Beyond that many pairs of lines, what lies between the equal ends counts as changed: comparing would take seconds. */
const MOST = 4_000_000;

export function diffLines(left, right) {
  const a = left.split("\n");
  const b = right.split("\n");
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) {
    end += 1;
  }
  const same = (text) => ({ kind: "same", text });
  return [
    ...a.slice(0, start).map(same),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
}

/** The longest common subsequence, by the usual table. */
function middle(a, b) {
  const all = (lines, kind) => lines.map((text) => ({ kind, text }));
  if (a.length * b.length > MOST) {
    return [...all(a, "left"), ...all(b, "right")];
  }
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ kind: "same", text: a[i] });
      i += 1;
      j += 1;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
      lines.push({ kind: "left", text: a[i] });
      i += 1;
    } else {
      lines.push({ kind: "right", text: b[j] });
      j += 1;
    }
  }
  return [...lines, ...all(a.slice(i), "left"), ...all(b.slice(j), "right")];
}
