// What an event was about, as a way to it where there is one: a database, a document, a user, a setting, the replications.

import { html } from "../../core/html.js";
import { link } from "../../core/routes.js";

const DATABASE = ["database_created", "database_changed", "security_changed", "purged", "compacted", "task_cancelled", "conflict_policy_changed"];
const SETTLED = ["conflict_settled", "conflict_settled_by_policy", "settlement_undone"];

function addressOf({ action, subject, details }) {
  if (DATABASE.includes(action)) {
    return link("/databases/:db/settings", { db: subject });
  }
  if (SETTLED.includes(action)) {
    return details?.document
      ? link("/databases/:db/documents/:id/history", { db: subject, id: details.document })
      : link("/databases/:db", { db: subject });
  }
  if (action.startsWith("replication_")) {
    return "#/overview";
  }
  return null;
}

export function Subject({ event }) {
  const href = addressOf(event);
  return href ? html`<a href=${href}>${event.subject}</a>` : html`<span>${event.subject}</span>`;
}
