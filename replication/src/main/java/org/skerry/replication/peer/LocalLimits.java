package org.skerry.replication.peer;

import org.skerry.document.DocumentLimits;

/**
 * What a local database accepts from elsewhere.
 *
 * @param maxAttachmentBytes the largest attachment
 */
public record LocalLimits(DocumentLimits documents, long maxAttachmentBytes) {
  /** The limits of documents, and attachments of any size. */
  public static final LocalLimits DEFAULT = new LocalLimits(DocumentLimits.DEFAULT, Long.MAX_VALUE);
}
