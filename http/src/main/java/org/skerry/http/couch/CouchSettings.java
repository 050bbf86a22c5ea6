package org.skerry.http.couch;

import org.skerry.document.DocumentLimits;

/**
 * What a node's operator decides about the CouchDB API. Asked for each request: it may change while
 * the node runs.
 */
public interface CouchSettings {
  /** Skerry's own version, shown under {@code vendor}. */
  String version();

  /** How large documents may be. */
  DocumentLimits documents();

  /** The largest attachment. */
  long maxAttachmentBytes();

  /** CouchDB's defaults: documents of 8,000,000 bytes, attachments of a gibibyte and more. */
  static CouchSettings ofVersion(String version) {
    return fixed(version, DocumentLimits.DEFAULT, Long.MAX_VALUE);
  }

  /** Settings that never change. */
  static CouchSettings fixed(String version, DocumentLimits documents, long maxAttachmentBytes) {
    return new Fixed(version, documents, maxAttachmentBytes);
  }

  /** Settings that never change. */
  record Fixed(String version, DocumentLimits documents, long maxAttachmentBytes)
      implements CouchSettings {}
}
