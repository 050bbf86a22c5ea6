// The work itself: page by page, each conflict as it stood on its page. Cancelling stops between two pages; what was settled stays settled.

import { api, ask } from "../../../core/api.js";
import { find } from "../../../core/json/pointer.js";
import { readJson } from "../../../core/json/read.js";
import { t } from "../../../core/language.js";
import { isCancelled } from "../../../core/problem.js";
import { work } from "../../../core/work.js";
import { freshen } from "../waiting.js";

const PAGE = 100;
const MOST_NAMED = 50;
const MOST_PLANNED = 20;

/** The rows of an answer; the values that members would have keep their digits. */
function resultsOf(answer) {
  const { results } = JSON.parse(answer);
  const exact = find(readJson(answer), ["results"]).items;
  return results.map((one, i) => ({
    ...one,
    members: one.members?.map((member, j) => ({ ...member, result: find(exact[i], ["members", String(j), "result"]) })),
  }));
}

/**
 * dry: nothing is written; planned are then the first of those that would be settled, with what would become of their members.
 *
 * @returns {{settled, refused, named: [{id, error, reason}], planned, cancelled}} named: the first of those that stay open
 */
export async function settleMany({ db, filter, rule, comment, total, dry = false }) {
  const outcome = { settled: 0, refused: 0, named: [], planned: [], cancelled: false };
  const words = comment.trim() ? `, "comment": ${JSON.stringify(comment.trim())}` : "";
  const settlePage = async (rows, signal) => {
    const docs = JSON.stringify(rows.map(({ id, leaves }) => ({ id, leaves })));
    const text = `{"docs": ${docs}, "rule": ${rule}${words}${dry ? ', "dry_run": true' : ""}}`;
    const answer = await (await ask("POST", [db, "_conflicts", "_settle"], { text, signal })).text();
    for (const one of resultsOf(answer)) {
      if (one.ok) {
        outcome.settled += 1;
        outcome.planned = dry ? [...outcome.planned, one].slice(0, MOST_PLANNED) : [];
      } else {
        outcome.refused += 1;
        outcome.named = [...outcome.named, one].slice(0, MOST_NAMED);
      }
    }
  };
  try {
    await work(dry ? t("conflicts.many.show.work", { db }) : t("conflicts.many.work", { db }), async ({ signal, report }) => {
      let bookmark;
      // Not more than were seen: conflicts that arrive meanwhile are for another time.
      for (let done = 0; done < total; done = outcome.settled + outcome.refused) {
        report(done, total);
        const limit = Math.min(PAGE, total - done);
        const page = await api.get([db, "_conflicts"], { query: { ...filter, limit, bookmark }, signal });
        if (page.rows.length > 0) {
          await settlePage(page.rows, signal);
        }
        bookmark = page.bookmark;
        if (!bookmark) {
          break;
        }
      }
    });
  } catch (problem) {
    if (!isCancelled(problem)) {
      throw problem;
    }
    outcome.cancelled = true;
  } finally {
    if (!dry) {
      freshen({ now: true });
    }
  }
  return outcome;
}
