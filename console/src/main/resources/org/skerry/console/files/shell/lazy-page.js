// A page's file is fetched when the page is first opened. What goes wrong while a page is drawn is shown in its place; the shell stays.

import { html, useEffect, useErrorBoundary, useState } from "../core/html.js";
import { t } from "../core/language.js";
import { ProblemBox } from "../parts/problem-box.js";
import { Waiting } from "../parts/waiting.js";

export function LazyPage({ page, params, query }) {
  const [Page, setPage] = useState(null);
  const [problem, setProblem] = useState(null);
  const [failure] = useErrorBoundary((error) => console.error(error));
  useEffect(() => {
    document.title = `${t(page.title)} · Skerry`;
    let here = true;
    page.load().then(
      // A function for setState is one that computes the state; so it is wrapped.
      (module) => here && setPage(() => module.default),
      (error) => here && setProblem(error),
    );
    return () => {
      here = false;
    };
  }, [page]);
  if (failure || problem) {
    return html`<${ProblemBox} problem=${failure ?? problem} onRetry=${() => location.reload()} />`;
  }
  return Page ? html`<${Page} params=${params} query=${query} />` : html`<${Waiting} />`;
}
