// A small chart: a line over its ground, with the time at its foot and the highest value at its head. For screen readers it is an image with
// its range in words; the figures themselves are in the table below it.

import { html } from "../../core/html.js";
import { formatAgo, formatTime, t } from "../../core/language.js";
import { DataTable } from "../../parts/data-table.js";
import { rangeOf, roundedUp } from "./series.js";

const WIDTH = 320;
const HEIGHT = 96;
/** Rows of the table: a value in ten is enough to read. */
const ROWS = 20;

export function Chart({ title, points, format }) {
  const range = rangeOf(points);
  return html`
    <section class="card chart" aria-label=${title}>
      <h2>${title}</h2>
      ${points.length === 0
        ? html`<p class="soft">${t("figures.waiting")}</p>`
        : html`
            <p class="chart-now number">${format(range.last)}</p>
            <${Line} title=${title} points=${points} range=${range} format=${format} />
            <details>
              <summary>${t("figures.table")}</summary>
              <${DataTable} label=${title} columns=${columns(format)} rows=${thinned(points)} rowKey=${(point) => point.time} />
            </details>
          `}
    </section>
  `;
}

function Line({ title, points, range, format }) {
  const top = roundedUp(range.most);
  const [first, last] = [points[0].time, points.at(-1).time];
  const x = (time) => (last === first ? WIDTH : ((time - first) / (last - first)) * WIDTH);
  const y = (value) => HEIGHT - (value / top) * (HEIGHT - 4);
  const path = points.map(({ time, value }, i) => `${i === 0 ? "M" : "L"}${x(time).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const words = t("figures.words", { title, last: format(range.last), least: format(range.least), most: format(range.most) });
  return html`
    <svg role="img" aria-label=${words} viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      <path class="chart-grid" d=${`M0 ${y(top)}H${WIDTH}M0 ${y(top / 2)}H${WIDTH}`} />
      ${points.length > 1 && html`<path class="chart-ground" d=${`${path}V${HEIGHT}H0z`} />`}
      <path class="chart-line" d=${points.length > 1 ? path : `M0 ${y(range.last)}H${WIDTH}`} />
    </svg>
    <p class="chart-foot" aria-hidden="true"><span>${formatAgo(first)}</span><span>${t("figures.top", { value: format(top) })}</span></p>
  `;
}

/** The last points, evenly spread over all. */
function thinned(points) {
  const step = Math.max(1, Math.ceil(points.length / ROWS));
  return points.filter((point, i) => (points.length - 1 - i) % step === 0).reverse();
}

const columns = (format) => [
  { label: t("figures.time"), head: true, cell: (point) => formatTime(point.time) },
  { label: t("figures.value"), number: true, cell: (point) => format(point.value) },
];
