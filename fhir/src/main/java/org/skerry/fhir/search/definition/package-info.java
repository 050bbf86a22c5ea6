/**
 * What HL7 says about search: R4's search parameters, as HAPI brings them, and the compartments.
 *
 * <p>{@link org.skerry.fhir.search.definition.SearchParameters} reads them once, when somebody
 * searches for the first time. Immutable; any thread may use it.
 */
@NullMarked
package org.skerry.fhir.search.definition;

import org.jspecify.annotations.NullMarked;
