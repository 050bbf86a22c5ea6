package org.skerry.fhir.rest;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.skerry.document.DocumentLimits;

/**
 * What a request may cost.
 *
 * @param documents how large resources may be; asked for each request, because it may change
 * @param attachmentBytes how large an attachment may be; likewise
 * @param pageSize how many entries a page has when the client does not say
 * @param maxPageSize how many it has at most
 */
public record Limits(
    Supplier<DocumentLimits> documents,
    LongSupplier attachmentBytes,
    int pageSize,
    int maxPageSize) {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 1_000;

  /** The usual pages. */
  public static Limits of(Supplier<DocumentLimits> documents, LongSupplier attachmentBytes) {
    return new Limits(documents, attachmentBytes, PAGE, MAX_PAGE);
  }
}
