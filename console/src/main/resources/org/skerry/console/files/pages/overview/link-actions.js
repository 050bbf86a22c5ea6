// What one may do with a link: have it run now, stop it, start it again, forget it. Following links that run need no "now".

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { complain, say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { remove, runNow, stop } from "./network.js";
import { databasesOf } from "./words.js";

const ACTIVE = ["running", "pending", "crashing", "initializing", "error"];

function nowText(link) {
  switch (link.direction) {
    case "pull":
      return t("overview.pull_now");
    case "push":
      return t("overview.push_now");
    default:
      return t("overview.run_now");
  }
}

export function LinkActions({ link, onChanged, onDetails }) {
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const active = ACTIVE.includes(link.state);
  const perform = async (action, done) => {
    setBusy(true);
    try {
      await action();
      say(done);
      onChanged();
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  const name = databasesOf(link);
  const start = () => perform(() => runNow(link), t("overview.started", { name }));
  const end = () => perform(() => stop(link), t("overview.stopped_now", { name }));
  const forget = async () => {
    await remove(link);
    say(t("overview.removed", { name }));
    setRemoving(false);
    onChanged();
  };
  return html`
    <span class="row-actions">
      ${link.state === "stopped" && html`<${Button} kind="quiet" icon="play" busy=${busy} onClick=${start}>${t("overview.start")}<//>`}
      ${link.doc && link.state !== "running" && link.state !== "stopped" &&
      html`<${Button} kind="quiet" icon="play" busy=${busy} onClick=${start}>${nowText(link)}<//>`}
      ${active && html`<${Button} kind="quiet" icon="pause" busy=${busy} onClick=${end}>${t("overview.stop")}<//>`}
      ${link.doc && !active && html`<${Button} kind="quiet" icon="trash" onClick=${() => setRemoving(true)}>${t("overview.remove")}<//>`}
      <${Button} kind="quiet" icon="info" onClick=${() => onDetails(link.key)}>${t("overview.details")}<//>
    </span>
    ${removing &&
    html`
      <${Confirm} title=${t("overview.remove.title", { name })} text=${t("overview.remove.text")} action=${t("overview.remove")}
        onConfirm=${forget} onClose=${() => setRemoving(false)} />
    `}
  `;
}
