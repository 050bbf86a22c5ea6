// A save that came second: somebody changed (or deleted) the document since it was opened. Both texts are shown, and nothing is written until
// the person says what.

import { html, useEffect, useRef } from "../../core/html.js";
import { t } from "../../core/language.js";
import { Button } from "../../parts/button.js";
import { Diff } from "../../parts/diff.js";

export function Overtaken({ mine, theirs, busy, onMine, onTheirs, onBoth }) {
  const gone = Boolean(theirs.missing);
  const heading = useRef(null);
  useEffect(() => heading.current.focus(), []);
  return html`
    <div class="overtaken" role="group" aria-labelledby="overtaken">
      <h3 id="overtaken" tabindex="-1" ref=${heading}>${gone ? t("documents.overtaken.gone") : t("documents.overtaken")}</h3>
      <p>${t("documents.overtaken.text")}</p>
      ${!gone &&
      html`<${Diff} left=${mine} right=${theirs.body} leftName=${t("documents.mine")} rightName=${t("documents.theirs", { rev: theirs.rev.slice(0, 10) })} />`}
      <div class="actions">
        <${Button} busy=${busy} onClick=${onMine}>${gone ? t("documents.overtaken.again") : t("documents.overtaken.mine")}<//>
        <${Button} onClick=${onTheirs}>${t("documents.overtaken.theirs")}<//>
        ${!gone && html`<${Button} onClick=${onBoth}>${t("documents.overtaken.both")}<//>`}
      </div>
    </div>
  `;
}
