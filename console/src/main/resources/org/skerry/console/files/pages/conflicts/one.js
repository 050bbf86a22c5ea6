// One conflict: its versions side by side with what they come from, a choice for each member that differs, and the result, which may be edited
// before it is settled. When another version arrives meanwhile nothing is written: it is read again, and choices that still hold stay.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { readConflict } from "../../core/conflict/read.js";
import { formatAgo, formatTime, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link } from "../../core/routes.js";
import { LinkButton } from "../../parts/button.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Notice } from "../../parts/problem-box.js";
import { Loaded } from "../../parts/waiting.js";
import { trail } from "../documents/document.js";
import { kindLabel, StateBadge } from "./labels.js";
import { LIST, SETTLEMENTS } from "./routes.js";
import { Crowded } from "./one/crowded.js";
import { Settled } from "./one/settled.js";
import { Settling } from "./one/settling.js";

async function read(db, id, signal) {
  try {
    return readConflict(await api.text([db, "_conflicts", id], { signal }));
  } catch (problem) {
    if (problem.status === 404 && problem.reason === "no conflict") {
      return null;
    }
    throw problem;
  }
}

export default function OneConflict({ params: { db, id } }) {
  const [settled, setSettled] = useState(null);
  const [kept, setKept] = useState(null);
  const found = useLoad((signal) => read(db, id, signal), [db, id]);
  const overtaken = (choices) => {
    setKept(choices);
    found.reload();
  };
  const reopened = () => {
    setSettled(null);
    setKept(null);
    found.reload();
  };
  const conflict = found.value;
  const actions = html`
    <${LinkButton} icon="document" href=${link("/databases/:db/documents/:id", { db, id })}>${t("conflicts.open_document")}<//>
    <${LinkButton} icon="history" href=${link("/databases/:db/documents/:id/history", { db, id })}>${t("documents.history")}<//>
  `;
  return html`
    <${PageHead} title=${id} trail=${[...trail(db), [link(LIST, { db }), t("conflicts.tab")]]} actions=${actions}>
      ${conflict && !settled && html`<${About} conflict=${conflict} />`}
    <//>
    ${settled
      ? html`<${Settled} db=${db} id=${id} settlement=${settled} onUndone=${reopened} />`
      : html`
          <${Loaded} of=${found}>
            ${(now) =>
              now
                ? html`
                    <div role="status">
                      ${kept && html`<${Notice} kind="warn"><p><strong>${t("conflicts.overtaken")}</strong></p><p>${t("conflicts.overtaken.text")}</p><//>`}
                    </div>
                    <${now.crowded ? Crowded : Settling} key=${now.revs.join()} db=${db} conflict=${now} kept=${kept}
                      onSettled=${setSettled} onOvertaken=${overtaken} />
                  `
                : html`<${None} db=${db} id=${id} />`}
          <//>
        `}
  `;
}

function About({ conflict }) {
  return html`
    <p class="soft about">
      <span>${kindLabel(conflict.kind)}</span>
      <span>${tn("conflicts.version_count", conflict.revs.length)}</span>
      ${conflict.since && html`<span title=${formatTime(conflict.since)}>${t("conflicts.seen", { ago: formatAgo(conflict.since) })}</span>`}
      <${StateBadge} state=${conflict.state} />
    </p>
  `;
}

function None({ db, id }) {
  return html`
    <${Empty} icon="check" title=${t("conflicts.no_conflict")}>
      <p>${t("conflicts.no_conflict.text")}</p>
      <p><${LinkButton} icon="history" href=${link(SETTLEMENTS, { db }, { doc: id })}>${t("conflicts.how_settled")}<//></p>
    <//>
  `;
}
