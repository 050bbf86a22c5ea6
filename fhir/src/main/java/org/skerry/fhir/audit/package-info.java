/**
 * Who read, searched and wrote what through FHIR, and what was exchanged with other servers, as R4
 * AuditEvents in a database of their own, which is append-only and is searched like any other.
 *
 * <p>A request's {@link org.skerry.fhir.audit.Trail} takes down what it touches; {@link
 * org.skerry.fhir.audit.Audit} makes events of it ({@code EventText}), and {@code EventWriter}
 * keeps them behind the answers, many at once. What was exchanged is told by the messages of {@code
 * _exchange_messages}: {@link org.skerry.fhir.audit.ExchangeEvents} follows them, and names each
 * event after its message, so that none is missing and none is there twice.
 *
 * <p>Nothing of HAPI is needed here.
 */
@NullMarked
package org.skerry.fhir.audit;

import org.jspecify.annotations.NullMarked;
