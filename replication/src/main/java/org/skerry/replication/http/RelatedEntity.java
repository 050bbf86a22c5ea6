package org.skerry.replication.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.skerry.attachment.AttachmentDraft;
import org.skerry.attachment.AttachmentsJson;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.multipart.HeaderValue;
import org.skerry.multipart.MultipartWriter;
import org.skerry.multipart.PartHeaders;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;

/**
 * A document and the attachments that follow it as {@code multipart/related}, written while the
 * other peer is read. It can be sent once. When reading fails, the end is never written, so that
 * the receiver keeps nothing.
 */
final class RelatedEntity extends AbstractHttpEntity {
  private static final DocumentLimits ANY = new DocumentLimits(Integer.MAX_VALUE - 8, 500);

  private final String boundary;
  private final byte[] json;
  private final FollowingBytes bytes;

  private RelatedEntity(String boundary, byte[] json, FollowingBytes bytes) {
    super(HeaderValue.of("multipart/related").with("boundary", boundary).toString(), null, true);
    this.boundary = boundary;
    this.json = json;
    this.bytes = bytes;
  }

  static RelatedEntity of(FetchedRevision revision, FollowingBytes bytes) {
    return new RelatedEntity(MultipartWriter.newBoundary(), revision.json(), bytes);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    MultipartWriter parts = new MultipartWriter(out, boundary);
    parts.part(PartHeaders.EMPTY.with("Content-Type", "application/json")).write(json);
    IncomingDocument document = DocumentReader.read(json, ANY);
    if (document.attachments().isPresent()) {
      for (AttachmentDraft draft : AttachmentsJson.read(document.attachments().get())) {
        if (draft instanceof AttachmentDraft.Follows follows) {
          write(parts, follows);
        }
      }
    }
    parts.finish();
  }

  private void write(MultipartWriter parts, AttachmentDraft.Follows follows) throws IOException {
    PartHeaders headers = PartHeaders.ofAttachment(follows.name(), follows.contentType());
    if (follows.encoding() == Encoding.GZIP) {
      headers = headers.with("Content-Encoding", "gzip");
    }
    try (InputStream body = bytes.next(follows.name())) {
      body.transferTo(parts.part(headers));
    }
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("this entity is written, not read");
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public void close() {
    // What was opened is closed where it is read.
  }
}
