// What the node does, over the time that this page is open: it is asked for its figures every two seconds, and keeps the last ten minutes.
// Nothing is stored; who wants figures of yesterday has Prometheus read them (_node/_local/_prometheus).

import { html, useEffect, useRef, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { useEvery } from "../../core/every.js";
import { formatBytes, formatNumber, msg, t } from "../../core/language.js";
import { isCancelled } from "../../core/problem.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button } from "../../parts/button.js";
import { PageHead } from "../../parts/page-head.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { Waiting } from "../../parts/waiting.js";
import { Chart } from "./chart.js";
import { gauge, rate, sampleOf, withSample } from "./series.js";

const PAUSE_MS = 2000;
/** Kept while other pages are open, so that going to look at something does not begin anew. */
let kept = [];

function useSamples(paused) {
  const [samples, setSamples] = useState(kept);
  const [problem, setProblem] = useState(null);
  const asking = useRef(null);
  const look = async () => {
    if (asking.current || paused) {
      return;
    }
    asking.current = new AbortController();
    const { signal } = asking.current;
    try {
      const [stats, system] = await Promise.all([
        api.get(["_node", "_local", "_stats"], { signal }),
        api.get(["_node", "_local", "_system"], { signal }),
      ]);
      kept = withSample(kept, sampleOf(stats, system, Date.now()));
      setSamples(kept);
      setProblem(null);
    } catch (failure) {
      if (!isCancelled(failure)) {
        setProblem(failure);
      }
    }
    asking.current = null;
  };
  useEffect(() => {
    look();
    return () => asking.current?.abort();
  }, []);
  useEvery(PAUSE_MS, look);
  return { samples, problem };
}

const decimal = (value) => formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
const perSecond = (value) => t("figures.per_second", { value: decimal(value) });
const milliseconds = (value) => t("figures.milliseconds", { value: decimal(value) });

function Figures() {
  const [paused, setPaused] = useState(false);
  const { samples, problem } = useSamples(paused);
  return html`
    <${PageHead}
      title=${t("figures.title")}
      actions=${html`<${Button} icon=${paused ? "play" : "pause"} onClick=${() => setPaused(!paused)}>${paused ? t("figures.go_on") : t("figures.pause")}<//>`}
    />
    <p class="soft">${t("figures.text")}</p>
    ${problem && html`<${ProblemBox} problem=${problem} />`}
    ${samples.length === 0 ? !problem && html`<${Waiting} />` : html`<${Charts} samples=${samples} />`}
  `;
}

function Charts({ samples }) {
  return html`
    <div class="charts">
      <${Chart} title=${t("figures.requests")} points=${rate(samples, "requests")} format=${perSecond} />
      <${Chart} title=${t("figures.median")} points=${gauge(samples, "median")} format=${milliseconds} />
      <${Chart} title=${t("figures.writes")} points=${rate(samples, "writes")} format=${perSecond} />
      <${Chart} title=${t("figures.reads")} points=${rate(samples, "reads")} format=${perSecond} />
      <${Chart} title=${t("figures.refused")} points=${rate(samples, "refused")} format=${perSecond} />
      <${Chart} title=${t("figures.failed")} points=${rate(samples, "failed")} format=${perSecond} />
      <${Chart} title=${t("figures.memory")} points=${gauge(samples, "memory")} format=${formatBytes} />
      <${Chart} title=${t("figures.free")} points=${gauge(samples, "free")} format=${formatBytes} />
      <${Chart} title=${t("figures.connections")} points=${gauge(samples, "connections")} format=${decimal} />
      <${Chart} title=${t("figures.waiting_feeds")} points=${gauge(samples, "waiting")} format=${decimal} />
      <${Chart} title=${t("figures.replications")} points=${gauge(samples, "replications")} format=${decimal} />
    </div>
  `;
}

export default forAdmins(msg("figures.title"), Figures);
