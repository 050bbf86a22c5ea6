/**
 * A node that is a site of another: who its centre is, and whether both hold the same.
 *
 * <p>A node knows its {@link org.skerry.replication.site.Centre}s from the documents that ask for
 * pulls from them; {@link org.skerry.replication.site.Centres} finds those. {@link
 * org.skerry.replication.site.SiteCheck} compares a database with its centre, signed in there as
 * the pull is, by the fingerprints of both sides, and lets the documents that differ be pulled and
 * pushed.
 *
 * <p>Blocking; any thread may call.
 */
@NullMarked
package org.skerry.replication.site;

import org.jspecify.annotations.NullMarked;
