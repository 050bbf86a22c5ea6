/**
 * Mango selectors: declarative conditions on documents, with CouchDB 3.5's operators, order and
 * oddities.
 *
 * <p>{@link org.skerry.selector.Selector#parse} compiles a selector once: {@code SelectorCompiler}
 * turns the JSON into a tree of {@code Condition} records, {@code Negation} moves negations to the
 * leaves as CouchDB does, and {@code NamedMembers} notes which members of a document the tree looks
 * at. {@link org.skerry.selector.Selector#matches} then reads only those members out of a stored
 * body ({@code DocumentMembers}), because a filtered feed asks this of every document of a
 * database.
 *
 * <p>Semantics worth knowing, all CouchDB's:
 *
 * <ul>
 *   <li>A condition on a missing member is false, {@code $ne}, {@code $nin} and {@code $not}
 *       included; only {@code $exists: false} is true there. It is false again where the path runs
 *       into something that has no members, as {@code a.b} does in {@code {"a": 1}}.
 *   <li>Inside {@code $elemMatch}, {@code $allMatch} and {@code $keyMapMatch} negations are not
 *       moved, so that there {@code $not} is true of elements that lack the member.
 *   <li>{@code $lt} and its kin compare across types in the order of {@link
 *       org.skerry.collation.JsonOrder#UNICODE}; {@code _id} is compared raw.
 *   <li>An empty {@code $and}, {@code $or} or {@code $nor} is true, an empty {@code $all} and
 *       {@code $in} false.
 * </ul>
 *
 * <p>Different on purpose: numbers are compared exactly and by value everywhere ({@code $all}
 * included, which in CouchDB tells 1 from 1.0); {@code $nor} works inside {@code $elemMatch}, where
 * CouchDB never matches; a divisor of zero and an empty member in a path are refused at once rather
 * than when a document is met; {@code $text} is refused; regular expressions see characters, not
 * bytes ({@code PcreSyntax}), and one that backtracks without end does not match ({@code Regex}).
 *
 * <p>Everything is immutable and may be used by any number of threads. Bad selectors are refused
 * with {@link org.skerry.selector.InvalidSelectorException}; matching throws nothing.
 */
@NullMarked
package org.skerry.selector;

import org.jspecify.annotations.NullMarked;
