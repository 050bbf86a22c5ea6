/**
 * Exchange with servers that are no replicas: FHIR servers, with Atom feeds or without. This node
 * starts everything; the partner only answers.
 *
 * <p>A {@link org.skerry.exchange.Partner} is a document of the database {@code _exchange}. {@link
 * org.skerry.exchange.Exchanges} is a node's: it runs each partner's {@code Pull} and {@code Push}
 * in a thread of the partner's, one run after the other ({@code Runner}); each direction is a
 * {@code Lane} with its own schedule, and its categories have theirs.
 *
 * <p>How records of a category are fetched and sent, the package {@code client} says: by FHIR, by
 * OpenMRS's REST API, or by a client of somebody's own. Everything below is the same for all. The
 * node as others' parent is the package {@code parent}.
 *
 * <p>A {@code Link} remembers, for each document and partner, which version there is which revision
 * here. What comes from the partner becomes a revision that follows the linked one, with a name
 * made of its content: where somebody edited the document here meanwhile, both stand beside each
 * other, a conflict as any other; what comes twice is there already. What goes to the partner goes
 * with {@code If-Match} of the linked version; refused, the partner's version is taken in, as a
 * conflict here. A revision that came from the partner is never sent back to it.
 *
 * <p>A {@code Mark} says how far a feed is read. It moves together with what became of all that it
 * passes: links of what was stored, {@code Letter}s for what was set aside ({@code Ledger}: one
 * commit). A partner that cannot be reached moves nothing. What is set aside is tried again by the
 * partner's rule, and then lies until somebody asks; none of it keeps others from passing.
 *
 * <p>Every step leaves a {@code Message} in the append-only database {@code _exchange_messages};
 * what was asked of the partner for it stands beside it. Which message follows which is known only
 * later ({@code Chain}).
 *
 * <p>A node without {@code _exchange} has nothing of this but its routes.
 */
@NullMarked
package org.skerry.exchange;

import org.jspecify.annotations.NullMarked;
