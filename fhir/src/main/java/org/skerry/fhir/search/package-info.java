/**
 * FHIR's search: which resources have which values in which search parameters.
 *
 * <p>Rows {@code (type, parameter, value) → document id} are derived from documents by the engine's
 * indexes; queries are answered from them.
 */
@NullMarked
package org.skerry.fhir.search;

import org.jspecify.annotations.NullMarked;
