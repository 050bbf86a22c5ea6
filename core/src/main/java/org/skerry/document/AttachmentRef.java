package org.skerry.document;

/**
 * An attachment as its document names it; the bytes stand in the attachment store.
 *
 * @param name unique in the document
 * @param contentType as the author gave it
 * @param revpos the generation of the revision that brought these bytes
 * @param blob where the stored bytes are
 * @param digest of the stored bytes, in CouchDB's form {@code md5-} and base64
 * @param encoding how they are stored
 * @param length bytes after decoding
 * @param storedLength bytes as stored; equal to {@code length} when not encoded
 */
public record AttachmentRef(
    String name,
    String contentType,
    int revpos,
    BlobId blob,
    String digest,
    Encoding encoding,
    long length,
    long storedLength) {

  /** The same attachment, said to have come with that generation. */
  public AttachmentRef at(int generation) {
    return new AttachmentRef(
        name, contentType, generation, blob, digest, encoding, length, storedLength);
  }

  /** How an attachment's bytes are kept. */
  public enum Encoding {
    /** As they came. */
    IDENTITY,
    /** Compressed by the author with gzip, and served so to those who accept it. */
    GZIP
  }
}
