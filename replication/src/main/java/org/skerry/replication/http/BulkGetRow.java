package org.skerry.replication.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.JsonScanner;

/**
 * A row of {@code _bulk_get}'s answer.
 *
 * @param id the document asked for
 * @param found what there is of it
 */
record BulkGetRow(String id, List<Found> found) {
  /** Whoever stores the document has a limit of their own. */
  private static final int DEEPEST = Integer.MAX_VALUE;

  /** Something about one revision. */
  sealed interface Found {}

  /**
   * A revision.
   *
   * @param id as the document says itself
   * @param json the document as it came
   * @param attached whether it has attachments
   */
  record Good(String id, String rev, byte[] json, boolean attached) implements Found {}

  /** A revision that is not to be had. */
  record Bad(String rev, String error, String reason) implements Found {}

  /**
   * Reads {@code {"id": …, "docs": [{"ok": …}, {"error": …}]}}.
   *
   * @return nothing when the document in it is not understood
   * @throws IOException when it is anything else
   */
  static Optional<BulkGetRow> read(byte[] row) throws IOException {
    try {
      return Optional.of(read(new JsonScanner(row, DEEPEST), row));
    } catch (BadDocumentException e) {
      return Optional.empty();
    }
  }

  private static BulkGetRow read(JsonScanner in, byte[] row) throws IOException {
    Optional<String> id = Optional.empty();
    List<Found> found = new ArrayList<>(1);
    in.enterObject();
    for (boolean first = true; in.member(first); first = false) {
      String name = in.name();
      if (name.equals("id") && in.peek() == '"') {
        id = Optional.of(in.string());
      } else if (name.equals("docs") && in.peek() == '[') {
        readDocs(in, row, found);
      } else {
        in.skipValue();
      }
    }
    String known = id.orElseThrow(() -> new OddAnswerException("a row of _bulk_get has no id"));
    return new BulkGetRow(known, List.copyOf(found));
  }

  private static void readDocs(JsonScanner in, byte[] row, List<Found> found) {
    in.enterArray();
    for (boolean first = true; in.element(first); first = false) {
      in.enterObject();
      for (boolean begin = true; in.member(begin); begin = false) {
        String name = in.name();
        if (name.equals("ok") && in.peek() == '{') {
          found.add(document(in, row));
        } else if (name.equals("error") && in.peek() == '{') {
          found.add(error(in));
        } else {
          in.skipValue();
        }
      }
    }
  }

  private static Good document(JsonScanner in, byte[] row) {
    int start = in.position();
    String id = "";
    String rev = "";
    boolean attached = false;
    in.enterObject();
    for (boolean first = true; in.member(first); first = false) {
      String name = in.isSpecial() ? in.name() : "";
      if (name.equals("_rev") && in.peek() == '"') {
        rev = in.string();
      } else if (name.equals("_id") && in.peek() == '"') {
        id = in.string();
      } else {
        attached |= name.equals("_attachments");
        in.skipValue();
      }
    }
    return new Good(id, rev, Arrays.copyOfRange(row, start, in.position()), attached);
  }

  private static Bad error(JsonScanner in) {
    String rev = "";
    String error = "";
    String reason = "";
    in.enterObject();
    for (boolean first = true; in.member(first); first = false) {
      switch (in.name()) {
        case "rev" -> rev = text(in);
        case "error" -> error = text(in);
        case "reason" -> reason = text(in);
        default -> in.skipValue();
      }
    }
    return new Bad(rev, error, reason);
  }

  /** The next value when it is a string, and nothing when it is something else. */
  private static String text(JsonScanner in) {
    if (in.peek() == '"') {
      return in.string();
    }
    in.skipValue();
    return "";
  }
}
