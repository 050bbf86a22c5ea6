package org.skerry.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.skerry.revision.RevId;

/**
 * Names a new revision, so that the same edit made on two nodes is the same revision.
 *
 * <p>The hash is the first 16 bytes of SHA-256 over: a version line; the parent's text, or nothing;
 * the deleted flag; the body without white space between tokens; and each attachment's name, type
 * and digest, by name. Members keep their order and strings their escapes: two authors who spell
 * the same thing differently made two edits. (Sorting members would cost a tree for every write and
 * hide a difference that readers see.)
 */
public final class RevisionHash {
  private static final byte[] VERSION = "skerry revision 1\n".getBytes(StandardCharsets.UTF_8);

  /** Has read the version line; only cloned, which costs less than to ask for another. */
  private static final MessageDigest BEGUN = begun();

  private RevisionHash() {}

  /**
   * The name of the revision that follows {@code parent} with this content.
   *
   * @param parent none for a document's first revision
   * @throws BadDocumentException when nothing can follow the parent
   */
  public static RevId next(
      Optional<RevId> parent, boolean deleted, Body body, List<AttachmentRef> attachments) {
    parent.ifPresent(RevisionHash::checkFollowable);
    MessageDigest digest = copy(BEGUN);
    parent.ifPresent(rev -> digest.update(rev.textBytes()));
    digest.update(deleted ? (byte) 1 : (byte) 0);
    updateCanonical(digest, body.json());
    if (!attachments.isEmpty()) {
      List<AttachmentRef> byName = new ArrayList<>(attachments);
      byName.sort(Comparator.comparing(AttachmentRef::name));
      for (AttachmentRef attachment : byName) {
        update(digest, attachment);
      }
    }
    int generation = parent.map(RevId::generation).orElse(0) + 1;
    return RevId.of(generation, Arrays.copyOf(digest.digest(), 16));
  }

  /**
   * Somebody may send a revision of any generation, and nobody edits a document so often.
   *
   * @throws BadDocumentException when no generation comes behind it
   */
  public static void checkFollowable(RevId parent) {
    if (parent.generation() == Integer.MAX_VALUE) {
      throw new BadDocumentException(
          BadDocumentException.Kind.BAD_REV,
          "no revision can follow " + parent + ", the last generation that there is: purge it");
    }
  }

  private static void update(MessageDigest digest, AttachmentRef attachment) {
    for (String part : List.of(attachment.name(), attachment.contentType(), attachment.digest())) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      digest.update(bytes);
    }
  }

  /** Feeds the JSON without white space between tokens, in runs as long as possible. */
  private static void updateCanonical(MessageDigest digest, byte[] json) {
    int runStart = 0;
    int i = 0;
    while (i < json.length) {
      byte c = json[i++];
      if (c == '"') {
        i = behindString(json, i);
      } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
        digest.update(json, runStart, i - 1 - runStart);
        runStart = i;
      }
    }
    digest.update(json, runStart, json.length - runStart);
  }

  /** The position behind a string's closing quote. */
  private static int behindString(byte[] json, int from) {
    int i = JsonBytes.plain(json, from, json.length);
    while (i < json.length && json[i] != '"') {
      i = JsonBytes.plain(json, i + (json[i] == '\\' ? 2 : 1), json.length);
    }
    return Math.min(json.length, i + 1);
  }

  private static MessageDigest begun() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(VERSION);
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's SHA-256 cannot be cloned", e);
    }
  }
}
