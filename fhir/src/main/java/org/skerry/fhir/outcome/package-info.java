/**
 * What clients of FHIR are told of problems: {@link org.skerry.fhir.outcome.Issue}s, written as an
 * OperationOutcome by {@link org.skerry.fhir.outcome.OutcomeText}, without HAPI, so that a refusal
 * costs no more than any other.
 */
@NullMarked
package org.skerry.fhir.outcome;

import org.jspecify.annotations.NullMarked;
