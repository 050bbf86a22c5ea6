package org.skerry.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skerry.document.BadDocumentException.Kind;

/**
 * A document's name: any text of Unicode, 1 to {@value #MAX_BYTES} bytes of UTF-8. Only design
 * documents ({@code _design/…}) and local ones ({@code _local/…}) begin with an underscore.
 *
 * <p>Ids are ordered by their UTF-8 bytes, as {@code _all_docs} lists them.
 */
public final class DocId implements Comparable<DocId> {
  /** The longest id, in bytes: far beyond use, and still a line of a URL. */
  public static final int MAX_BYTES = 8192;

  private static final String DESIGN = "_design/";
  private static final String LOCAL = "_local/";

  private final String text;
  private final byte[] utf8;

  private DocId(String text, byte[] utf8) {
    this.text = text;
    this.utf8 = utf8;
  }

  /**
   * The id of that text.
   *
   * @throws BadDocumentException of kind BAD_ID, with CouchDB's reason where it has one
   */
  public static DocId of(String text) {
    if (text.isEmpty()) {
      throw bad("Document id must not be empty");
    }
    if (text.charAt(0) == '_' && !isReserved(text)) {
      throw bad("Only reserved document ids may start with underscore.");
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_BYTES) {
      throw bad("Document id is too long: " + utf8.length + " bytes, at most " + MAX_BYTES);
    }
    if (hasLoneSurrogate(text)) {
      throw bad("Document id must be valid UTF-8: it has half of a surrogate pair");
    }
    return new DocId(text, utf8);
  }

  /** The id whose UTF-8 a store kept; not checked again. */
  public static DocId ofStored(byte[] utf8) {
    return new DocId(new String(utf8, StandardCharsets.UTF_8), utf8);
  }

  private static boolean isReserved(String text) {
    return text.startsWith(DESIGN) && text.length() > DESIGN.length()
        || text.startsWith(LOCAL) && text.length() > LOCAL.length();
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i++;
        if (Character.isLowSurrogate(c)
            || i == text.length()
            || !Character.isLowSurrogate(text.charAt(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private static BadDocumentException bad(String reason) {
    return new BadDocumentException(Kind.BAD_ID, reason);
  }

  /** The id as text. */
  public String text() {
    return text;
  }

  /** The id's bytes. Shared: do not change. */
  public byte[] utf8() {
    return utf8;
  }

  /** Whether it names a design document. */
  public boolean isDesign() {
    return text.startsWith(DESIGN);
  }

  /** Whether it names a local document, which is never replicated. */
  public boolean isLocal() {
    return text.startsWith(LOCAL);
  }

  @Override
  public int compareTo(DocId other) {
    return Arrays.compareUnsigned(utf8, other.utf8);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof DocId other && text.equals(other.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
