// The sites that get parts of databases, and the places in which they are: documents of _sites. With a database chosen, how each site stands in
// it. All are read at once: who plans a programme looks for one by its name, and the browser finds it.

import { html, useState } from "../../core/html.js";
import { api, json } from "../../core/api.js";
import { msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead, link } from "../../core/routes.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Badge } from "../../parts/badge.js";
import { Button, LinkButton } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { Choice, Field } from "../../parts/field.js";
import { PageHead } from "../../parts/page-head.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { PlaceForm } from "./place-form.js";
import { SiteActions } from "./site-actions.js";
import { SiteForm } from "./site-form.js";
import { SiteState } from "./site-state.js";

const PAGE = 25;
const NOTHING = { docs: [], databases: [] };

/** A node without sites has no database of them. */
async function read(signal) {
  const names = await api.get(["_all_dbs"], { signal });
  const databases = names.filter((name) => !name.startsWith("_"));
  if (!names.includes("_sites")) {
    return { ...NOTHING, databases };
  }
  const query = { include_docs: true, startkey: json("") };
  const { rows } = await api.get(["_sites", "_all_docs"], { query, signal });
  return { docs: rows.map((row) => row.doc).filter((doc) => doc && !doc._id.startsWith("_")), databases };
}

export const listOf = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);

const isPlace = (doc) => doc.type === "place";

function fits(doc, words) {
  return [doc._id, doc.name, ...listOf(doc.users), ...listOf(doc.roles), ...listOf(doc.place), doc.parent]
    .some((text) => text?.toLowerCase().includes(words.toLowerCase()));
}

function Sites({ query }) {
  const found = useLoad(read, []);
  const [editing, setEditing] = useState(null);
  const [placing, setPlacing] = useState(null);
  const words = query.find ?? "";
  const show = (change) => goInstead("/sites", {}, { find: words || undefined, db: query.db, ...change });
  const actions = html`
    <${LinkButton} icon="network" href=${link("/sites/centres")}>${t("sites.centres.title")}<//>
    <${Button} icon="plus" onClick=${() => setPlacing({})}>${t("sites.place.create")}<//>
    <${Button} kind="main" icon="plus" onClick=${() => setEditing({})}>${t("sites.create")}<//>
  `;
  return html`
    <${PageHead} title=${t("sites.title")} actions=${actions} />
    <p class="soft">${t("sites.what")}</p>
    <${Loaded} of=${found}>
      ${({ docs, databases }) => {
        const fitting = words ? docs.filter((doc) => fits(doc, words)) : docs;
        return html`
          <div class="toolbar" role="search">
            <${Field} label=${t("sites.find")} type="search" value=${words} onInput=${(text) => show({ find: text || undefined, from: undefined })} autocapitalize="none" spellcheck=${false} />
            <${Choice} label=${t("sites.state_in")} value=${query.db ?? ""} onInput=${(db) => show({ db: db || undefined })}
              options=${[["", t("sites.no_database")], ...databases.map((name) => [name, name])]} />
          </div>
          <${SiteTable} sites=${fitting.filter((doc) => !isPlace(doc))} db=${query.db} from=${Number(query.from ?? 0)} show=${show}
            onEdit=${setEditing} onChanged=${found.reload} />
          <${PlaceTable} places=${fitting.filter(isPlace)} onEdit=${setPlacing} onChanged=${found.reload} />
          ${editing && html`<${SiteForm} site=${editing} databases=${databases} onClose=${() => setEditing(null)} onSaved=${found.reload} />`}
          ${placing && html`<${PlaceForm} place=${placing} onClose=${() => setPlacing(null)} onSaved=${found.reload} />`}
        `;
      }}
    <//>
  `;
}

const badges = (texts) => texts.length > 0 && html`<span class="badges">${texts.map((text) => html`<${Badge}>${text}<//>`)}</span>`;

const named = (doc) => html`<span>${doc.name ?? doc._id} ${doc.name && html`<span class="soft code">${doc._id}</span>`}</span>`;

function SiteTable({ sites, db, from, show, onEdit, onChanged }) {
  if (sites.length === 0) {
    return html`<${Empty} icon="people" title=${t("sites.none")}><p>${t("sites.none.todo")}</p><//>`;
  }
  const columns = [
    { label: t("sites.name"), head: true, cell: named },
    { label: t("sites.users"), cell: (site) => badges(listOf(site.users)) },
    { label: t("sites.roles"), cell: (site) => badges(listOf(site.roles)) },
    { label: t("sites.places"), cell: (site) => listOf(site.place).join(", ") || site._id },
    db && { label: t("sites.state"), cell: (site) => html`<${SiteState} key=${db} db=${db} site=${site._id} />` },
    { label: t("sites.actions"), hidden: true, cell: (site) => html`<${SiteActions} doc=${site} onEdit=${() => onEdit(site)} onChanged=${onChanged} />` },
  ].filter(Boolean);
  const page = sites.slice(from, from + PAGE);
  return html`
    <${DataTable} label=${t("sites.title")} columns=${columns} rows=${page} rowKey=${(site) => site._id} />
    ${sites.length > PAGE &&
    html`<${Pager} words=${t("sites.page", { from: from + 1, to: from + page.length, of: sites.length })}
      onBack=${from > 0 && (() => show({ from: Math.max(0, from - PAGE) || undefined }))}
      onForward=${from + PAGE < sites.length && (() => show({ from: from + PAGE }))} />`}
  `;
}

function PlaceTable({ places, onEdit, onChanged }) {
  const columns = [
    { label: t("sites.place"), head: true, cell: named },
    { label: t("sites.parent"), cell: (place) => place.parent ?? "" },
    { label: t("sites.actions"), hidden: true, cell: (place) => html`<${SiteActions} doc=${place} onEdit=${() => onEdit(place)} onChanged=${onChanged} />` },
  ];
  return html`
    <section aria-labelledby="places">
      <div class="section-head section-title"><h2 id="places">${t("sites.places.title")}</h2></div>
      <p class="soft">${t("sites.places.what")}</p>
      ${places.length > 0 && html`<${DataTable} label=${t("sites.places.title")} columns=${columns} rows=${places} rowKey=${(place) => place._id} />`}
    </section>
  `;
}

export default forAdmins(msg("sites.title"), Sites);
