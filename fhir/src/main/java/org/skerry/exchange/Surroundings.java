package org.skerry.exchange;

import java.time.InstantSource;
import java.util.function.Supplier;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Databases;
import org.skerry.document.DocumentLimits;
import org.skerry.http.InnerRequests;

/**
 * What a node's exchanges need of it.
 *
 * @param documents how large documents may be; it may change while the node runs
 * @param conflicts where they are settled
 * @param node asks the node itself, for those who ask it to
 * @param clock for times that are shown, and for when to try again
 */
public record Surroundings(
    Databases databases,
    Supplier<DocumentLimits> documents,
    Conflicts conflicts,
    InnerRequests node,
    InstantSource clock) {}
