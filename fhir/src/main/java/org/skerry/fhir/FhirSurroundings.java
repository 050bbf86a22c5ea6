package org.skerry.fhir;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.DocumentLimits;
import org.skerry.index.Indexes;

/**
 * What the FHIR servers of a node need of it.
 *
 * @param seen a database as somebody sees it now: a site's part, or all of it
 * @param version Skerry's own, for the CapabilityStatement
 * @param indexes where search indexes are kept
 * @param documents how large documents may be; it may change while the node runs
 * @param attachmentBytes how large the content of a Binary may be
 * @param settings what an administrator decides
 * @param node the node's name, for the audit
 * @param folder for files of their own; nothing where there is no disk
 */
public record FhirSurroundings(
    Databases databases,
    BiFunction<Database, Author, Database> seen,
    Indexes indexes,
    String version,
    Supplier<DocumentLimits> documents,
    LongSupplier attachmentBytes,
    Supplier<FhirSettings> settings,
    String node,
    Optional<Path> folder) {
  /** Servers without sites, that audit nothing and have no folder. */
  public FhirSurroundings(
      Databases databases, Indexes indexes, String version, Supplier<DocumentLimits> documents) {
    this(
        databases,
        (database, author) -> database,
        indexes,
        version,
        documents,
        () -> Long.MAX_VALUE,
        () -> FhirSettings.QUIET,
        "here",
        Optional.empty());
  }
}
