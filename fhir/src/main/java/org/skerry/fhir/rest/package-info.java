/**
 * FHIR's interactions over HTTP (http://hl7.org/fhir/R4/http.html), a class each.
 *
 * <p>An {@link org.skerry.fhir.rest.Interaction} answers a {@link org.skerry.fhir.rest.Call}: a
 * request for one database, whose sender may use it. {@link org.skerry.fhir.rest.Resources} reads
 * and writes; {@link org.skerry.fhir.rest.Formats} finds out what a client speaks. What is no
 * resource, and what a client asks in vain, leaves by {@link
 * org.skerry.fhir.outcome.OutcomeException}.
 */
@NullMarked
package org.skerry.fhir.rest;

import org.jspecify.annotations.NullMarked;
