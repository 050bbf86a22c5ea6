/**
 * What search parameters find in a resource.
 *
 * <p>The expressions of R4's search parameters use a small part of FHIRPath. {@code PathReader}
 * compiles it, with the types that HAPI's models know, into {@code Path}s through the resource's
 * JSON whose ends have a known datatype; so nothing is parsed into models, and decimals keep their
 * digits. An expression that it cannot read fails when it is compiled, and a test compiles all.
 * What stands at an end becomes {@link org.skerry.fhir.search.extract.Term}s, whose package-private
 * makers are named after the kinds of parameters: their comments say what the bytes of an index
 * hold. {@link org.skerry.fhir.search.extract.Extractors} hands all that out by type of resource.
 *
 * <p>Everything is immutable or of one call; any thread may use it.
 */
@NullMarked
package org.skerry.fhir.search.extract;

import org.jspecify.annotations.NullMarked;
