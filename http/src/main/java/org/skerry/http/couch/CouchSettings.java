package org.skerry.http.couch;

import org.skerry.document.DocumentLimits;

/**
 * What a node's operator decides about the CouchDB API.
 *
 * @param version Skerry's own, shown under {@code vendor}
 * @param documents how large documents may be
 * @param maxAttachmentBytes the largest attachment
 */
public record CouchSettings(String version, DocumentLimits documents, long maxAttachmentBytes) {
  /** CouchDB's defaults: documents of 8,000,000 bytes, attachments of a gibibyte and more. */
  public static CouchSettings ofVersion(String version) {
    return new CouchSettings(version, DocumentLimits.DEFAULT, Long.MAX_VALUE);
  }
}
