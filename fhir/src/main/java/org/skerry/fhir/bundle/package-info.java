/**
 * Batches and transactions (http://hl7.org/fhir/R4/http.html#transaction).
 *
 * <p>An entry of a {@linkplain org.skerry.fhir.bundle.Batch batch} is a request like any other: it
 * is asked of the same interactions, by an {@link org.skerry.fhir.bundle.EntryExchange} that keeps
 * the answer. A {@linkplain org.skerry.fhir.bundle.Transaction transaction} finds out first what
 * its entries are about ({@code Plan}), names what is new, replaces links between its entries and
 * conditional references in the resources' bytes ({@code Links}), and writes all documents at once
 * or none; what it reads is read afterwards.
 */
@NullMarked
package org.skerry.fhir.bundle;

import org.jspecify.annotations.NullMarked;
