package org.skerry.fhir;

import java.util.function.Supplier;
import org.skerry.database.Databases;
import org.skerry.document.DocumentLimits;
import org.skerry.index.Indexes;

/**
 * What the FHIR servers of a node need of it.
 *
 * @param version Skerry's own, for the CapabilityStatement
 * @param indexes where search indexes are kept
 * @param documents how large documents may be; it may change while the node runs
 */
public record FhirSurroundings(
    Databases databases, Indexes indexes, String version, Supplier<DocumentLimits> documents) {}
