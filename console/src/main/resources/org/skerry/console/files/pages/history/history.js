// A document's history: the tree of its revisions as a picture with a row of words for each, and any of them to be opened.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link } from "../../core/routes.js";
import { readTree } from "../../core/tree.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Loaded } from "../../parts/waiting.js";
import { trail } from "../documents/document.js";
import { RevisionView } from "./revision-view.js";
import { TreePicture } from "./tree-picture.js";

async function read(db, id, signal) {
  const leaves = await api.get([db, id], { query: { open_revs: "all", revs: true }, signal });
  return readTree(leaves.filter((leaf) => leaf.ok).map((leaf) => leaf.ok));
}

export default function History({ params: { db, id } }) {
  const found = useLoad((signal) => read(db, id, signal), [db, id]);
  const [open, setOpen] = useState(null);
  const up = [...trail(db), [link("/databases/:db/documents/:id", { db, id }), id]];
  return html`
    <${PageHead} title=${t("history.title")} trail=${up} />
    <${Loaded} of=${found}>
      ${(tree) =>
        tree.leaves.length === 0
          ? html`<${Empty} icon="history" title=${t("documents.is_missing")} />`
          : html`<${TreePicture} tree=${tree} onOpen=${setOpen} />`}
    <//>
    ${open && html`<${RevisionView} db=${db} id=${id} tree=${found.value} revision=${open} onClose=${() => setOpen(null)} />`}
  `;
}
