/**
 * A node's databases as FHIR R4 servers, below {@code /fhir/{db}}.
 *
 * <p>A resource is an ordinary document with the id {@code Type/logical-id}: it replicates and
 * conflicts like any other, and what came by CouchDB's API is served as well. Requests come through
 * the kernel of {@code org.skerry.http}, which alone knows who asks; {@code FhirInteraction} lists
 * what they can ask for. {@code FhirServer}, and HAPI with it, is loaded by the first of them.
 */
@NullMarked
package org.skerry.fhir;

import org.jspecify.annotations.NullMarked;
