/**
 * Who asks: users and their passwords, sessions, tokens, and what signing in needs of the
 * configuration.
 *
 * <p>{@link org.skerry.http.access.SignIn} is where to begin: it makes the kernel's {@link
 * org.skerry.http.Authenticator} out of the handlers that the configuration names (cookie, default,
 * jwt, proxy, as CouchDB calls them), and the routes of {@code /_session}. Users come from a {@link
 * org.skerry.http.access.UserDirectory}: server administrators from the configuration ({@link
 * org.skerry.http.access.AdminDirectory}), all others from documents of the database {@code _users}
 * ({@link org.skerry.http.access.StoredUsers}), whose rules are {@link
 * org.skerry.http.access.UserDocumentRules}. What somebody who signed in may do, is decided
 * elsewhere, by endpoints.
 *
 * <p>What holds here: no password is kept, and no hash, key or token is shown or logged; no user
 * document makes a server administrator; a changed password ends that user's sessions at once;
 * passwords are hashed few at a time, so that guessing them does not stop the node.
 *
 * <p>Threads: everything is used by all requests at once. Directories answer from memory.
 */
@NullMarked
package org.skerry.http.access;

import org.jspecify.annotations.NullMarked;
