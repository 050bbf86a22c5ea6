// Who is signed in. The session is the node's cookie, which scripts cannot read; this only knows the name and the roles behind it.
//
// States: unknown (asking), out (nobody), in, and lost: the session ended while somebody worked. Then the page stays as it is, and the
// shell asks for the password over it, so that nothing typed is lost.

import { api, lost } from "./api.js";
import { createState } from "./state.js";

const NOBODY = { state: "out", name: null, roles: [], isAdmin: false };

export const session = createState({ ...NOBODY, state: "unknown" });

/** Counts how often a lost session was taken up again: what was refused meanwhile is then read again. */
export const revived = createState(0);

function signedIn(name, roles) {
  session.set({ state: "in", name, roles, isAdmin: roles.includes("_admin") });
}

/** Asks the node who this is. */
export async function loadSession() {
  const { userCtx } = await api.get(["_session"]);
  if (userCtx.name) {
    signedIn(userCtx.name, userCtx.roles);
  } else {
    session.set(NOBODY);
  }
}

export async function signIn(name, password) {
  const before = session.get();
  const { roles } = await api.post(["_session"], { value: { name, password }, quietly: true });
  // Somebody else sees nothing of what was open.
  if (before.state === "lost" && before.name !== name) {
    location.reload();
  }
  signedIn(name, roles);
  if (before.state === "lost") {
    revived.change((times) => times + 1);
  }
}

export async function signOut() {
  await api.delete(["_session"]);
  // A new page: nothing of what was shown stays in memory.
  location.hash = "";
  location.reload();
}

lost.watch(() => {
  if (session.get().state === "in") {
    session.change((last) => ({ ...last, state: "lost" }));
  }
});
