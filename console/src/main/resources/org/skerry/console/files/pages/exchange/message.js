// One message: what was done, what was asked of the partner and answered, the way to the conflict it left, and trying the record again.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { readJson } from "../../core/json/read.js";
import { indented } from "../../core/json/write.js";
import { formatTime, msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link } from "../../core/routes.js";
import { complain, say } from "../../core/toasts.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button, LinkButton } from "../../parts/button.js";
import { PageHead } from "../../parts/page-head.js";
import { Loaded } from "../../parts/waiting.js";
import { Outcome } from "./outcome.js";

const PATH = ["ws", "rest", "sync2", "messages"];

function Message({ params: { uuid } }) {
  const found = useLoad((signal) => api.get([...PATH, uuid], { signal }), [uuid]);
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    setBusy(true);
    try {
      const { left } = await api.post([...PATH, uuid, "retry"]);
      say(left === 0 ? t("exchange.retried") : t("exchange.left.one", { count: 1 }));
      found.reload();
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  const message = found.value;
  const actions = message && html`
    ${message.conflict &&
    html`<${LinkButton} kind="main" icon="conflict" href=${link("/databases/:db/documents/:id/conflict", { db: message.conflict.database, id: message.conflict.id })}>${t("exchange.settle")}<//>`}
    ${!message.success && html`<${Button} icon="refresh" busy=${busy} onClick=${retry}>${t("exchange.retry")}<//>`}
  `;
  return html`
    <${PageHead} title=${message?.resource ?? t("exchange.message")} actions=${actions}
      trail=${[["#/exchange", t("exchange.title")], ["#/exchange/messages", t("exchange.messages")]]} />
    <${Loaded} of=${found}>
      ${(one) => html`
        <${Facts} message=${one} />
        <h2>${t("exchange.requests")}</h2>
        ${one.requests ? one.requests.map((request) => html`<${Request} request=${request} />`) : html`<p class="soft">${t("exchange.requests.none")}</p>`}
      `}
    <//>
  `;
}

function Facts({ message }) {
  const [database] = message.localUrl.split("/");
  const facts = [
    [t("exchange.outcome"), html`<${Outcome} message=${message} />`],
    [t("exchange.operation"), `${t(message.operation === "PUSH" ? "exchange.push" : "exchange.pull")} · ${message.action}`],
    [t("exchange.record"), html`<a href=${link("/databases/:db/documents/:id", { db: database, id: message.resource })}>${message.localUrl}</a>`],
    [t("exchange.partner"), `${message.partner} · ${message.linkType}`],
    [t("exchange.address"), html`<span class="code">${message.usedResourceUrl}</span>`],
    [t("exchange.origin"), message.creatorInstanceId],
    [t("exchange.time"), formatTime(message.timestamp)],
    [t("exchange.details"), message.details],
    message.nextMessageUuid && [t("exchange.following"), html`<a href=${link("/exchange/messages/:uuid", { uuid: message.nextMessageUuid })}>${t("exchange.following.show")}</a>`],
  ].filter(Boolean);
  return html`
    <section class="card">
      <dl class="audit-details">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    </section>
  `;
}

/** JSON that is whole is shown with its lines; what was cut is shown as it is. */
function pretty(text) {
  try {
    return indented(readJson(text));
  } catch {
    return text;
  }
}

function Request({ request }) {
  return html`
    <section class="card">
      <p><strong class="code">${request.method} ${request.url}</strong></p>
      ${request.request && html`<details><summary>${t("exchange.request.body")}</summary><pre class="exchange-body" tabindex="0" role="region" aria-label=${t("exchange.request.body")}>${pretty(request.request)}</pre></details>`}
      <p>${request.status === 0 ? t("exchange.answer.none") : t("exchange.answer", { status: request.status })}</p>
      ${request.answer && html`<details open><summary>${t("exchange.answer.body")}</summary><pre class="exchange-body" tabindex="0" role="region" aria-label=${t("exchange.answer.body")}>${pretty(request.answer)}</pre></details>`}
    </section>
  `;
}

export default forAdmins(msg("exchange.message"), Message);
