/**
 * How records of a kind are fetched from a partner, and sent there: what somebody implements who
 * exchanges with a server that speaks neither FHIR nor OpenMRS's REST.
 *
 * <p>A {@link org.skerry.exchange.client.ClientProvider}, found by {@link java.util.ServiceLoader},
 * has a name, by which a partner's description calls it, and opens a {@link
 * org.skerry.exchange.client.RecordClient} for each partner. That one asks the partner through its
 * {@link org.skerry.exchange.client.Line}, which signs in, keeps bounds, wraps requests where the
 * partner wants it so, and notes them for the audit. It says nothing of documents, conflicts, marks
 * or retries: those are the exchange's, the same for every client.
 *
 * <p>A client says by its results what became of one record; it throws {@link
 * org.skerry.exchange.client.PartnerDownException} when that says nothing about the record, but
 * about the partner: nothing moves then. Each client is used by one thread at a time.
 *
 * <p>The two that are here stand in the packages {@code fhir} and {@code rest} below.
 */
@NullMarked
package org.skerry.exchange.client;

import org.jspecify.annotations.NullMarked;
