// Records that were set aside with a partner, and why: one, some or all of them are tried again.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatTime, t, tn } from "../../core/language.js";
import { link } from "../../core/routes.js";
import { complain, say } from "../../core/toasts.js";
import { work } from "../../core/work.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Pager } from "../../parts/pager.js";

const PAGE = 25;

export function SetAside({ partner, letters, onChanged }) {
  const [chosen, setChosen] = useState(new Set());
  const [from, setFrom] = useState(0);
  const [busy, setBusy] = useState(false);
  const there = letters.filter((one) => chosen.has(one.resource)).map((one) => one.resource);
  const start = from < letters.length ? from : 0;
  const page = letters.slice(start, start + PAGE);
  const choose = (resource, on) => {
    const next = new Set(chosen);
    if (on) {
      next.add(resource);
    } else {
      next.delete(resource);
    }
    setChosen(next);
  };
  const retry = async (resources) => {
    setBusy(true);
    try {
      const { left } = await work(t("exchange.retrying", { name: partner }), ({ signal }) =>
        api.post(["_exchange", "_status", partner, "retry"], { value: resources ? { resources } : {}, signal }),
      );
      say(left === 0 ? t("exchange.retried") : tn("exchange.left", left));
      setChosen(new Set());
      onChanged();
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  const columns = [
    {
      label: t("exchange.choose"),
      hidden: true,
      cell: ({ resource }) => html`<input type="checkbox" aria-label=${t("exchange.choose.one", { name: resource })} checked=${chosen.has(resource)} onChange=${(event) => choose(resource, event.target.checked)} />`,
    },
    { label: t("exchange.record"), head: true, cell: ({ resource, message }) => (message ? html`<a href=${link("/exchange/messages/:uuid", { uuid: message })}>${resource}</a>` : resource) },
    { label: t("exchange.operation"), cell: ({ operation }) => t(operation === "PUSH" ? "exchange.push" : "exchange.pull") },
    { label: t("exchange.reason"), cell: ({ problem }) => problem },
    { label: t("exchange.attempts"), number: true, cell: ({ attempts }) => attempts },
    { label: t("exchange.next"), cell: ({ next }) => (next ? formatTime(next) : html`<${Badge} kind="warn">${t("exchange.lies")}<//>`) },
  ];
  return html`
    <div class="section-head lane">
      <h3>${tn("exchange.set_aside", letters.length)}</h3>
      <div class="actions">
        <${Button} icon="refresh" busy=${busy} disabled=${there.length === 0} onClick=${() => retry(there)} aria-label=${`${partner}: ${t("exchange.retry.chosen")}`}>${t("exchange.retry.chosen")}<//>
        <${Button} icon="refresh" busy=${busy} onClick=${() => retry(null)} aria-label=${`${partner}: ${t("exchange.retry.all")}`}>${t("exchange.retry.all")}<//>
      </div>
    </div>
    <${DataTable} label=${`${partner}: ${tn("exchange.set_aside", letters.length)}`} columns=${columns} rows=${page} rowKey=${(one) => `${one.operation} ${one.resource}`} />
    ${letters.length > PAGE &&
    html`<${Pager} words=${t("exchange.page", { from: start + 1, to: start + page.length, of: letters.length })}
      onBack=${start > 0 && (() => setFrom(Math.max(0, start - PAGE)))}
      onForward=${start + PAGE < letters.length && (() => setFrom(start + PAGE))} />`}
  `;
}
