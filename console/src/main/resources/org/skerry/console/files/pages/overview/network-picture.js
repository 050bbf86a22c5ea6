// The network as a picture: this node at the left, its peers at the right, and between them an arrow for each link, whose colour and stroke
// say how it fares. The table below it says the same in words, so the picture is one image with a summary for screen readers.

import { html } from "../../core/html.js";
import { t } from "../../core/language.js";
import { useNarrow } from "../../core/narrow.js";
import { peersOf } from "./links.js";
import { stateKind } from "./state-badge.js";
import { databasesOf, peerText, standing, summary } from "./words.js";

/** More than this makes no picture. */
const MOST = 24;
const ROW = 58;
const GAP = 14;
const WIDE = { width: 880, here: 190, peer: 250, letters: 44, host: 28 };
const NARROW = { width: 340, here: 82, peer: 104, letters: 20, host: 13, small: true };

export function NetworkPicture({ links, name }) {
  const size = useNarrow() ? NARROW : WIDE;
  const peers = placed(peersOf(links.slice(0, MOST)));
  const height = Math.max(ROW, peers.at(-1)?.bottom ?? 0);
  return html`
    <section class="card network" aria-labelledby="network-title">
      <h2 id="network-title">${t("overview.picture")}</h2>
      <svg class=${size.small ? "small" : undefined} role="img" aria-label=${summary(links)} viewBox=${`0 0 ${size.width} ${height + 4}`}>
        <${Arrowheads} />
        <g transform="translate(2 2)">
          <${Place} x=${0} y=${0} width=${size.here} height=${height} kind="here" title=${t("overview.this_node")} text=${cut(name, size.here / 8)} />
          ${peers.map((peer) => html`<${Peer} peer=${peer} size=${size} />`)}
        </g>
      </svg>
      ${links.length > MOST && html`<p class="soft">${t("overview.picture.part", { count: MOST })}</p>`}
    </section>
  `;
}

/** Each peer with where it stands: as high as its links need. */
function placed(peers) {
  let y = 0;
  return peers.map((peer) => {
    const top = y;
    const bottom = top + peer.links.length * ROW;
    y = bottom + GAP;
    return { ...peer, top, bottom };
  });
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, Math.floor(most) - 1)}…` : text);

function Place({ x, y, width, height, kind, title, text }) {
  return html`
    <rect class=${`place ${kind}`} x=${x} y=${y} width=${width} height=${height} rx="10" />
    <text class="place-name" x=${x + width / 2} y=${y + height / 2 + (text ? -3 : 5)}>${title}</text>
    ${text && html`<text class="place-more" x=${x + width / 2} y=${y + height / 2 + 16}>${text}</text>`}
  `;
}

function Peer({ peer, size }) {
  const left = size.width - 4 - size.peer;
  // Where there is little room the port has a line of its own: nodes of one machine differ by it.
  const [, host, port] = (size.small && peer.host?.match(/^(.*)(:[0-9]+)$/)) || [null, peerText(peer.host), ""];
  return html`
    ${peer.links.map((link, i) => html`<${Arrow} link=${link} from=${size.here} to=${left} y=${peer.top + i * ROW + ROW / 2} size=${size} />`)}
    <${Place} x=${left} y=${peer.top} width=${size.peer} height=${peer.bottom - peer.top} kind=${peer.host ? "peer" : "inside"} title=${cut(host, size.host)} text=${port} />
  `;
}

/** The kinds of lines, each with an arrowhead of its colour. */
const KINDS = ["good", "info", "warn", "bad", "soft"];

function Arrowheads() {
  return html`
    <defs>
      ${KINDS.map(
        (kind) => html`
          <marker id=${`arrow-${kind}`} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
            <path class=${`arrowhead ${kind}`} d="M0 0L10 5L0 10z" />
          </marker>
        `,
      )}
    </defs>
  `;
}

function Arrow({ link, from, to, y, size }) {
  const kind = stateKind(link.state);
  const [x1, x2] = link.direction === "pull" ? [to - 6, from + 6] : [from + 6, to - 6];
  const middle = (from + to) / 2;
  return html`
    <path class=${`flow ${kind}`} d=${`M${x1} ${y}H${x2}`} marker-end=${`url(#arrow-${kind})`} />
    ${kind === "bad" && html`<circle class="cut-ground" cx=${middle} cy=${y} r="9" /><path class="cut" d=${`M${middle - 5} ${y - 5}l10 10m0-10l-10 10`} />`}
    <text class="flow-name" x=${middle} y=${y - 11}>${cut(databasesOf(link), size.letters)}</text>
    <text class="flow-state" x=${middle} y=${y + 20}>${cut(standing(link, size.small), size.letters + 4)}</text>
  `;
}
