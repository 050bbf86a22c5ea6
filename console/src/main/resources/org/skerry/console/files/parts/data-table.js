// A table which becomes a list of cards on a narrow screen. The roles are written out, because browsers forget them when CSS makes a table
// something else. columns: { key, label, cell: (row) => content, number: true for figures, head: true for the row's name }.

import { html } from "../core/html.js";

export function DataTable({ label, columns, rows, rowKey }) {
  return html`
    <table class="data" role="table" aria-label=${label}>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(
            (column) => html`
              <th role="columnheader" scope="col" class=${column.number ? "number" : undefined}>
                ${column.hidden ? html`<span class="visually-hidden">${column.label}</span>` : column.label}
              </th>
            `,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row) => html`<tr role="row" key=${rowKey(row)}>${columns.map((column) => cell(column, row))}</tr>`)}
      </tbody>
    </table>
  `;
}

function cell(column, row) {
  const content = column.cell(row);
  const empty = content === "" || content === null || content === undefined || content === false;
  const kind = [column.number && "number", column.head && "head", column.hidden && "unlabelled", empty && "blank"].filter(Boolean);
  const attributes = { class: kind.join(" ") || undefined, "data-label": column.label };
  return column.head
    ? html`<th role="rowheader" scope="row" ...${attributes}>${content}</th>`
    : html`<td role="cell" ...${attributes}>${content}</td>`;
}
