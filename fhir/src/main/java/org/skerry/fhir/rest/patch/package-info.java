/**
 * Patches (http://hl7.org/fhir/R4/http.html#patch): the resource as it is shown, changed by RFC
 * 6902 ({@code JsonPatch}) or by FHIRPath ({@code FhirPathPatch}), and written as an update of
 * exactly that version.
 */
@NullMarked
package org.skerry.fhir.rest.patch;

import org.jspecify.annotations.NullMarked;
