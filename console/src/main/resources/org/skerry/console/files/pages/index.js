// The registry of pages. To add one: write its file (a default export that is a component with { params, query }), and a line here.
//
//   route    behind the # of the address; ":name" stands for one encoded segment, given to the page in params
//   title    the key of its name
//   nav      whether it stands in the navigation, with which icon (parts/icon.js)
//   count    what is shown beside the name in the navigation: a state with { total, more }, and ask, which is called when pages change
//   admin    whether the navigation shows it to server administrators only; the node decides what they may do, not this
//   load     fetches the page's file when it is first opened

import { msg } from "../core/language.js";
import { matchRoute } from "../core/routes.js";
import { freshen, waiting } from "./conflicts/waiting.js";
import { session } from "../core/session.js";

export const pages = [
  { route: "/overview", title: msg("overview.title"), icon: "network", nav: true, admin: true, load: () => import("./overview/overview.js") },
  { route: "/overview/refused/:id", title: msg("overview.refused_documents"), load: () => import("./overview/refused.js") },
  { route: "/databases", title: msg("databases.title"), icon: "database", nav: true, load: () => import("./databases/databases.js") },
  { route: "/conflicts", title: msg("conflicts.title"), icon: "conflict", nav: true, count: { shown: waiting, ask: freshen }, load: () => import("./conflicts/everywhere.js") },
  { route: "/databases/:db", title: msg("databases.tab.documents"), load: () => import("./documents/documents.js") },
  { route: "/databases/:db/new", title: msg("documents.new"), load: () => import("./documents/new-document.js") },
  { route: "/databases/:db/documents/:id", title: msg("documents.document"), load: () => import("./documents/document.js") },
  { route: "/databases/:db/documents/:id/history", title: msg("history.title"), load: () => import("./history/history.js") },
  { route: "/databases/:db/search", title: msg("databases.tab.search"), load: () => import("./search/search.js") },
  { route: "/databases/:db/changes", title: msg("databases.tab.changes"), load: () => import("./changes/changes.js") },
  { route: "/databases/:db/settings", title: msg("databases.tab.settings"), load: () => import("./databases/settings.js") },
  { route: "/databases/:db/conflicts", title: msg("conflicts.tab"), load: () => import("./conflicts/list.js") },
  { route: "/databases/:db/conflicts/many", title: msg("conflicts.many.title"), load: () => import("./conflicts/many.js") },
  { route: "/databases/:db/conflicts/settled", title: msg("conflicts.tab.settled"), load: () => import("./conflicts/settlements.js") },
  { route: "/databases/:db/conflicts/rules", title: msg("conflicts.tab.rules"), load: () => import("./conflicts/policy.js") },
  { route: "/databases/:db/documents/:id/conflict", title: msg("conflicts.tab"), load: () => import("./conflicts/one.js") },
  { route: "/tasks", title: msg("tasks.title"), icon: "live", nav: true, admin: true, load: () => import("./tasks/tasks.js") },
  { route: "/audit", title: msg("audit.title"), icon: "list", nav: true, admin: true, load: () => import("./audit/audit.js") },
  { route: "/users", title: msg("users.title"), icon: "people", nav: true, admin: true, load: () => import("./users/users.js") },
  { route: "/sites", title: msg("sites.title"), icon: "globe", nav: true, admin: true, load: () => import("./sites/sites.js") },
  { route: "/exchange", title: msg("exchange.title"), icon: "refresh", nav: true, admin: true, load: () => import("./exchange/exchange.js") },
  { route: "/exchange/messages", title: msg("exchange.messages"), load: () => import("./exchange/messages.js") },
  { route: "/exchange/messages/:uuid", title: msg("exchange.message"), load: () => import("./exchange/message.js") },
  { route: "/satellites", title: msg("satellites.title"), icon: "database", nav: true, admin: true, load: () => import("./satellites/satellites.js") },
  { route: "/satellites/:name", title: msg("satellites.behind"), load: () => import("./satellites/behind.js") },
  { route: "/sites/centres", title: msg("sites.centres.title"), load: () => import("./sites/centres.js") },
  { route: "/config", title: msg("config.title"), icon: "settings", nav: true, admin: true, load: () => import("./config/config.js") },
  { route: "/figures", title: msg("figures.title"), icon: "chart", nav: true, admin: true, load: () => import("./figures/figures.js") },
];

/** What "#/" shows: the network to who may see it, databases to others. */
const home = () => (session.get().isAdmin ? "/overview" : "/databases");

/** The page at a path, with the values of its variables; null when there is none. */
export function findPage(path) {
  const wanted = path === "/" ? home() : path;
  for (const page of pages) {
    const params = matchRoute(page.route, wanted);
    if (params) {
      return { page, params };
    }
  }
  return null;
}
