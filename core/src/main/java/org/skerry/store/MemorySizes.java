package org.skerry.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;

/** How much a database in memory holds, and how much of that a compaction would leave. */
final class MemorySizes {
  private MemorySizes() {}

  static Sizes of(
      Collection<MemoryDocument> documents, MemoryAttachments attachments, int revsLimit) {
    long stored = bodyBytes(documents.stream()) + attachments.size();
    List<MemoryDocument> compacted =
        documents.stream().map(document -> document.compacted(revsLimit)).toList();
    long active = bodyBytes(compacted.stream()) + attachments.size(blobsOf(compacted.stream()));
    long superseded = documents.stream().mapToLong(MemoryDocument::superseded).sum();
    return new Sizes(stored, stored, active, superseded);
  }

  private static long bodyBytes(Stream<MemoryDocument> documents) {
    return documents.mapToLong(MemoryDocument::bodyBytes).sum();
  }

  /** The attachments that documents have. */
  static Set<BlobId> blobsOf(Stream<MemoryDocument> documents) {
    return documents
        .flatMap(MemoryDocument::attachments)
        .map(AttachmentRef::blob)
        .collect(Collectors.toSet());
  }
}
