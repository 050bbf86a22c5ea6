// Whose tablet this is. The centre says who is signed in; when it cannot be asked, it is who was here last and did not sign out: the records are
// in this browser anyway, and nothing is sent before the centre knows the user again.

import { recall, remember } from "../../core/memory.js";
import { loadSession, session } from "../../core/session.js";

const USER = "clinic-user";

export async function enter() {
  try {
    await loadSession();
  } catch (problem) {
    const name = recall(USER);
    if (problem.status !== 0 || !name) {
      throw problem;
    }
    session.set({ state: "in", name, roles: [], isAdmin: false });
  }
  session.watch(note);
  note();
}

function note() {
  const { state, name } = session.get();
  if (state === "in") {
    remember(USER, name);
  } else if (state === "out") {
    remember(USER, null);
  }
}

/** Who signs out is not let in by memory. */
export const forgetUser = () => remember(USER, null);
