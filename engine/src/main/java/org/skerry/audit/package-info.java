/**
 * Who did what, when, from where: sign-ins and administrative actions, on disk, append-only.
 *
 * <p>Whoever performs an action gives an {@link org.skerry.audit.AuditEvent} to the {@link
 * org.skerry.audit.AuditLog}; {@link org.skerry.audit.AuditAction} lists what there is. {@link
 * org.skerry.audit.FileAuditLog} keeps events as lines of JSON in files that it never changes
 * again; {@link org.skerry.audit.AuditTrail} reads them by {@link org.skerry.audit.AuditQuery}. Why
 * files, stands in docs/decisions.
 *
 * <p>What holds here: an event has a number, given once and in order; no event holds a secret;
 * writing one never fails its caller.
 *
 * <p>All types are safe for use by many threads.
 */
@NullMarked
package org.skerry.audit;

import org.jspecify.annotations.NullMarked;
