package org.skerry.replication.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.skerry.replication.peer.FetchedRevision;

/** The body of {@code _bulk_docs}: documents one after another, as they are. */
final class DocsEntity extends AbstractHttpEntity {
  private static final byte[] BEFORE = ascii("{\"new_edits\":false,\"docs\":[");
  private static final byte[] BETWEEN = ascii(",\n");
  private static final byte[] AFTER = ascii("]}");

  private final List<byte[]> pieces = new ArrayList<>();
  private final long length;

  DocsEntity(List<FetchedRevision> revisions) {
    super("application/json", null);
    pieces.add(BEFORE);
    for (FetchedRevision revision : revisions) {
      if (pieces.size() > 1) {
        pieces.add(BETWEEN);
      }
      pieces.add(revision.json());
    }
    pieces.add(AFTER);
    length = pieces.stream().mapToLong(piece -> piece.length).sum();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public InputStream getContent() {
    return new SequenceInputStream(
        Collections.enumeration(pieces.stream().map(ByteArrayInputStream::new).toList()));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
