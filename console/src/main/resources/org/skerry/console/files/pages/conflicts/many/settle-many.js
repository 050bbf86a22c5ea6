// The work itself: page by page, each conflict as it stood on its page. Cancelling stops between two pages; what was settled stays settled.

import { api } from "../../../core/api.js";
import { t } from "../../../core/language.js";
import { isCancelled } from "../../../core/problem.js";
import { work } from "../../../core/work.js";
import { freshen } from "../waiting.js";

const PAGE = 100;
const MOST_NAMED = 50;

/** @returns {{settled, refused, named: [{id, error, reason}], cancelled}} named: the first of those that stay open */
export async function settleMany({ db, filter, rule, comment, total }) {
  const outcome = { settled: 0, refused: 0, named: [], cancelled: false };
  const words = comment.trim() ? `, "comment": ${JSON.stringify(comment.trim())}` : "";
  const settlePage = async (rows, signal) => {
    const docs = JSON.stringify(rows.map(({ id, leaves }) => ({ id, leaves })));
    const text = `{"docs": ${docs}, "rule": ${rule}${words}}`;
    const { results } = await api.post([db, "_conflicts", "_settle"], { text, signal });
    for (const one of results) {
      if (one.ok) {
        outcome.settled += 1;
      } else {
        outcome.refused += 1;
        outcome.named = [...outcome.named, one].slice(0, MOST_NAMED);
      }
    }
  };
  try {
    await work(t("conflicts.many.work", { db }), async ({ signal, report }) => {
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
    freshen({ now: true });
  }
  return outcome;
}
