// The node's configuration by section, as CouchDB writes it. Settings change while the node runs; secrets can be replaced and are not shown.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { msg, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { Field } from "../../parts/field.js";
import { PageHead } from "../../parts/page-head.js";
import { Loaded } from "../../parts/waiting.js";
import { EditSetting } from "./edit-setting.js";
import { NewSetting } from "./new-setting.js";
import { found, HIDDEN } from "./settings.js";

function Config() {
  const config = useLoad((signal) => api.get(["_node", "_local", "_config"], { signal }), []);
  const [wanted, setWanted] = useState("");
  const [editing, setEditing] = useState(null);
  const [adding, setAdding] = useState(false);
  return html`
    <${PageHead}
      title=${t("config.title")}
      actions=${html`<${Button} icon="plus" onClick=${() => setAdding(true)}>${t("config.add")}<//>`}
    />
    <p class="soft">${t("config.text")}</p>
    <div class="toolbar" role="search">
      <${Field} label=${t("config.search")} type="search" value=${wanted} onInput=${setWanted} autocapitalize="none" spellcheck=${false} />
    </div>
    <${Loaded} of=${config}>${(all) => html`<${Sections} sections=${found(all, wanted)} onEdit=${setEditing} />`}<//>
    ${editing && html`<${EditSetting} setting=${editing} onClose=${() => setEditing(null)} onChanged=${config.reload} />`}
    ${adding && html`<${NewSetting} onClose=${() => setAdding(false)} onNext=${(setting) => (setAdding(false), setEditing(setting))} />`}
  `;
}

function Sections({ sections, onEdit }) {
  const count = sections.reduce((sum, [, rows]) => sum + rows.length, 0);
  return html`
    <p role="status" class="soft">${tn("config.found", count)}</p>
    ${sections.length === 0 && html`<${Empty} icon="search" title=${t("config.none")}><p>${t("config.none.todo")}</p><//>`}
    ${sections.map(
      ([section, rows]) => html`
        <section key=${section} class="config-section" aria-label=${section}>
          <h2 class="section-title">${section}</h2>
          <${DataTable} label=${section} columns=${columns(onEdit)} rows=${rows} rowKey=${(row) => row.key} />
        </section>
      `,
    )}
  `;
}

const columns = (onEdit) => [
  { label: t("config.key"), head: true, cell: (row) => html`<span class="code">${row.key}</span>` },
  { label: t("config.value"), cell: (row) => html`<${Value} value=${row.value} />` },
  {
    label: t("config.actions"),
    hidden: true,
    cell: (row) => html`
      <span class="row-actions">
        <${Button} kind="quiet" icon="pencil" aria-label=${t("config.edit.one", { name: `${row.section}/${row.key}` })} onClick=${() => onEdit(row)}>${t("config.edit")}<//>
      </span>
    `,
  },
];

function Value({ value }) {
  if (value === HIDDEN) {
    return html`<span class="soft">${t("config.hidden")}</span>`;
  }
  return value === "" ? html`<span class="soft">${t("config.empty")}</span>` : html`<span class="code">${value}</span>`;
}

export default forAdmins(msg("config.title"), Config);
