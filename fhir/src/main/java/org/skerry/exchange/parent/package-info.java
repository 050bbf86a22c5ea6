/**
 * This node as the parent of others: {@code POST /ws/rest/sync2}, by which a child of OpenMRS Sync
 * 2.0 makes its requests. A {@link Wrapper} holds one request; {@link RunWrapped} makes it within
 * the node, as the user who sent the wrapper and with that user's rights. A wrapper leads nowhere
 * but to this node's own {@code /fhir} and {@code /ws/rest} ({@link OwnPlace}): no request goes out
 * to any network. Whose wrappers are taken at all, a {@link Whitelist} says.
 */
@NullMarked
package org.skerry.exchange.parent;

import org.jspecify.annotations.NullMarked;
