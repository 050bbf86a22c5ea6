/**
 * Sites, and what each gets of a database.
 *
 * <p>A node's sites and the places in which they are stand as documents in the database {@code
 * _sites}, so that they replicate to whoever needs them; {@link org.skerry.subset.Sites} reads them
 * into a {@link org.skerry.subset.SiteBook}, which knows who signs in as which site and which sites
 * are meant by a place's name. {@link org.skerry.subset.SitesGuard} refuses what is no site.
 *
 * <p>{@link org.skerry.subset.SubsetKeeper} lets every database with scope rules follow: rules that
 * changed give documents new labels, sites that changed give labels new audiences, and documents
 * follow their labels, all in small steps that go on after a crash. {@link
 * org.skerry.subset.Subsetting} hands out databases as sites see them, and {@link
 * org.skerry.subset.SubsetGuard} keeps sites from writing what is not theirs. What is a site's only
 * together with something that has not come waits in {@link org.skerry.subset.HeldDocuments}.
 *
 * <p>What a rule says stands in {@code org.skerry.scope}, how a feed is kept in {@code
 * org.skerry.store.subset}.
 */
@NullMarked
package org.skerry.subset;

import org.jspecify.annotations.NullMarked;
