// One place that joins Preact and htm: components are written as html`<p>${text}</p>`. Texts that are put in so are never read as HTML,
// whatever they hold; the node's rules for browsers forbid every other way of making HTML from text.

import { h } from "preact";
import htm from "htm";

export { Component, Fragment, createContext, render } from "preact";
export { useCallback, useEffect, useErrorBoundary, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

export const html = htm.bind(h);

let ids = 0;

/** An id for an element that another one names (label, description). */
export function newId(what) {
  ids += 1;
  return `${what}-${ids}`;
}
