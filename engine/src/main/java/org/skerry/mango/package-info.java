/**
 * Mango queries: declarative questions to a database, answered from indexes where there are some.
 *
 * <p>{@link org.skerry.mango.FindRequest} is what a client asked, checked. {@code NormalSelector}
 * is its selector in CouchDB's normal form, which the planner looks at: {@code FieldRange}s say
 * which values of a member can matter, {@link org.skerry.mango.Planner} tells which index serves
 * best and why the others do not, {@link org.skerry.mango.Plan} is its choice, and {@link
 * org.skerry.mango.Explanation} shows it. {@link org.skerry.mango.Search} carries a plan out: it
 * visits what the index holds in a {@code KeyRange}, looks at the documents, and leaves a {@link
 * org.skerry.mango.Bookmark} where it stopped.
 *
 * <p>An index is a view of a design document in the language {@code query}, in exactly CouchDB's
 * shape ({@code IndexDesign}) and under the same generated name ({@code IndexName}), because design
 * documents replicate: both ends then have the same index. The special index {@code _all_docs}
 * always exists.
 *
 * <p>Choice and texts are those of CouchDB 3.5 ({@code mango_cursor}, {@code mango_idx}, {@code
 * mango_idx_view}). A query's results never depend on which index serves it, except as CouchDB
 * documents it: an index holds only documents that have all its members, so that a sort leaves out
 * documents without the sorted ones. Where CouchDB breaks this, Skerry does not:
 *
 * <ul>
 *   <li>{@code _id} is compared by bytes in selectors, and by collation in an index. A range on it
 *       narrows an index only when it is a single value.
 *   <li>{@code $beginsWith} narrows an index only when the prefix is plain ASCII, since collation
 *       may put other texts before their own prefix.
 *   <li>An empty {@code $or} beside other conditions requires no member.
 *   <li>A bookmark names the last row that was shown, and the next page begins behind it, whether
 *       or not that row is still there.
 * </ul>
 *
 * <p>Everything but {@code Search} is immutable. Bad requests are refused with {@link
 * org.skerry.mango.MangoException}.
 */
@NullMarked
package org.skerry.mango;

import org.jspecify.annotations.NullMarked;
