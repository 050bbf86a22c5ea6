package org.skerry.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.revision.RevPath;

/**
 * Parses documents once, at the door: checks all of the JSON and of its UTF-8, and cuts the members
 * that begin with an underscore out of the bytes without touching the rest.
 *
 * <p>A reader walks over one request: a single document, or an array of them ({@link #readBulk}),
 * so that a bulk of thousands is parsed in one pass over one buffer. Not safe for use by several
 * threads.
 *
 * <p>Refused, with the place where it went wrong: JSON that ends early or late, malformed UTF-8, a
 * member twice in one object (readers of the world disagree which one counts), nesting beyond
 * {@link DocumentLimits#maxDepth}, and members that begin with an underscore without a meaning.
 *
 * <p>The JSON is checked by {@link JsonScanner} and not by the parser that the rest of the program
 * uses, for the reasons in docs/decisions/013-own-scanner.md.
 */
public final class DocumentReader {
  /** A document of a bulk stands in an array in an object. */
  private static final int AROUND_BULK = 2;

  private final byte[] input;
  private final DocumentLimits limits;
  private final JsonScanner scanner;

  private DocumentReader(byte[] input, DocumentLimits limits, int around) {
    this.input = input;
    this.limits = limits;
    this.scanner = JsonScanner.ofSent(input, Math.addExact(limits.maxDepth(), around));
  }

  /**
   * Reads the whole input as one document.
   *
   * @throws BadDocumentException when it is not one
   */
  public static IncomingDocument read(byte[] input, DocumentLimits limits) {
    DocumentReader reader = new DocumentReader(input, limits, 0);
    IncomingDocument document = reader.document();
    reader.scanner.end();
    return document;
  }

  static Body readBody(byte[] input) {
    IncomingDocument document = read(input, DocumentLimits.DEFAULT);
    if (document.body().json().length != input.length && !document.body().isEmpty()) {
      throw new BadDocumentException(
          Kind.BAD_SPECIAL_MEMBER, "a body has no members that begin with an underscore");
    }
    return document.body();
  }

  /** What a bulk request holds besides its documents. */
  public interface BulkVisitor {
    /** One element of {@code docs}. */
    void document(IncomingDocument document);

    /** A boolean member of the request, such as {@code new_edits}. */
    void option(String name, boolean value);
  }

  /**
   * Reads {@code {"docs": […], …}}, the body of {@code _bulk_docs}.
   *
   * @throws BadDocumentException when it is anything else; documents before the fault were visited
   */
  public static void readBulk(byte[] input, DocumentLimits limits, BulkVisitor visitor) {
    DocumentReader reader = new DocumentReader(input, limits, AROUND_BULK);
    JsonScanner scanner = reader.scanner;
    reader.expect('{', "Request body must be a JSON object");
    boolean found = false;
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      found |= reader.readBulkMember(visitor);
    }
    scanner.end();
    if (!found) {
      throw new BadDocumentException(
          Kind.NOT_AN_OBJECT, "POST body must include `docs` parameter.");
    }
  }

  private boolean readBulkMember(BulkVisitor visitor) {
    String name = scanner.name();
    if (name.equals("docs")) {
      expect('[', "`docs` parameter must be an array.");
      scanner.enterArray();
      for (boolean first = true; scanner.element(first); first = false) {
        visitor.document(document());
      }
      return true;
    }
    int value = scanner.peek();
    if (value == 't' || value == 'f') {
      visitor.option(name, scanner.bool());
    } else {
      scanner.skipValue();
    }
    return false;
  }

  /** Whether the next value is of the kind that begins so; JSON that is broken is refused first. */
  private void expect(char beginning, String otherwise) {
    int found = scanner.peek();
    if (found != beginning) {
      if (found != JsonScanner.END) {
        scanner.skipValue();
      }
      throw new BadDocumentException(Kind.NOT_AN_OBJECT, otherwise);
    }
  }

  /** Reads the object that is the next value. */
  private IncomingDocument document() {
    expect('{', "Document must be a JSON object");
    int start = scanner.position();
    Specials specials = new Specials();
    List<int[]> kept = new ArrayList<>(2);
    int runStart = -1;
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      boolean special = scanner.isSpecial() && !Body.KEPT.contains(scanner.name());
      if (special && runStart >= 0) {
        kept.add(new int[] {runStart, scanner.nameStart()});
        runStart = -1;
      } else if (!special && runStart < 0) {
        runStart = scanner.nameStart();
      }
      if (special) {
        specials.read(scanner.name());
      } else {
        scanner.skipValue();
      }
    }
    int end = scanner.position() - 1;
    if (runStart >= 0) {
      kept.add(new int[] {runStart, end});
    }
    Body body = Body.ofTrusted(specials.any ? joined(kept) : whole(start, end));
    return specials.document(body);
  }

  private byte[] whole(int start, int end) {
    checkSize(end + 1 - start);
    return Arrays.copyOfRange(input, start, end + 1);
  }

  /**
   * An object of the kept runs; each run but the last may end in a comma, and the last one loses
   * its own.
   */
  private byte[] joined(List<int[]> runs) {
    if (!runs.isEmpty()) {
      int[] last = runs.getLast();
      last[1] = withoutTrailingComma(last[0], last[1]);
    }
    int size = 2;
    for (int[] run : runs) {
      size += run[1] - run[0];
    }
    checkSize(size);
    byte[] out = new byte[size];
    out[0] = '{';
    int at = 1;
    for (int[] run : runs) {
      int length = run[1] - run[0];
      System.arraycopy(input, run[0], out, at, length);
      at += length;
    }
    out[at] = '}';
    return out;
  }

  private int withoutTrailingComma(int from, int to) {
    int end = to;
    while (end > from && (input[end - 1] <= ' ' || input[end - 1] == ',')) {
      end--;
    }
    return end;
  }

  private void checkSize(int bytes) {
    if (bytes > limits.maxBodyBytes()) {
      throw new BadDocumentException(
          Kind.TOO_LARGE,
          "document of " + bytes + " bytes, at most " + limits.maxBodyBytes() + " are accepted");
    }
  }

  /** The underscore members of one document, as far as they were read. */
  private final class Specials {
    private boolean any;
    private Optional<String> id = Optional.empty();
    private Optional<String> revText = Optional.empty();
    private boolean deleted;
    private Optional<RevPath> revisions = Optional.empty();
    private Optional<byte[]> attachments = Optional.empty();

    /** Reads the value of a member. */
    void read(String name) {
      any = true;
      switch (name) {
        case "_id" -> id = Optional.of(string(Kind.BAD_ID, "Document id must be a string"));
        case "_rev" -> revText = Optional.of(string(Kind.BAD_REV, "Invalid rev format"));
        case "_deleted" -> deleted = bool();
        case "_revisions" -> revisions = Optional.of(revisions());
        case "_attachments" -> attachments = Optional.of(attachments());
        case "_revs_info", "_conflicts", "_deleted_conflicts", "_local_seq" -> scanner.skipValue();
        default ->
            throw new BadDocumentException(
                Kind.BAD_SPECIAL_MEMBER, "Bad special document member: " + name);
      }
    }

    private String string(Kind kind, String otherwise) {
      if (scanner.peek() != '"') {
        scanner.skipValue();
        throw new BadDocumentException(kind, otherwise);
      }
      return scanner.string();
    }

    private boolean bool() {
      int value = scanner.peek();
      if (value != 't' && value != 'f') {
        scanner.skipValue();
        throw new BadDocumentException(Kind.BAD_SPECIAL_MEMBER, "_deleted must be true or false");
      }
      return scanner.bool();
    }

    private RevPath revisions() {
      if (scanner.peek() != '{') {
        throw badRevisions();
      }
      int first = 0;
      List<String> hashes = new ArrayList<>();
      scanner.enterObject();
      for (boolean begin = true; scanner.member(begin); begin = false) {
        switch (scanner.name()) {
          case "start" -> first = generation();
          case "ids" -> readHashes(hashes);
          default -> throw badRevisions();
        }
      }
      try {
        return RevPath.of(first, hashes);
      } catch (IllegalArgumentException e) {
        throw new BadDocumentException(Kind.BAD_REV, String.valueOf(e.getMessage()), e);
      }
    }

    private int generation() {
      scanner.peek();
      int from = scanner.position();
      scanner.skipValue();
      String digits = new String(input, from, scanner.position() - from, StandardCharsets.US_ASCII);
      try {
        return Integer.parseInt(digits);
      } catch (NumberFormatException e) {
        throw badRevisions();
      }
    }

    private void readHashes(List<String> hashes) {
      if (scanner.peek() != '[') {
        throw badRevisions();
      }
      scanner.enterArray();
      for (boolean begin = true; scanner.element(begin); begin = false) {
        if (scanner.peek() != '"') {
          throw badRevisions();
        }
        hashes.add(scanner.string());
      }
    }

    private BadDocumentException badRevisions() {
      return new BadDocumentException(
          Kind.BAD_SPECIAL_MEMBER,
          "_revisions must be {\"start\": generation, \"ids\": [hash, …]}, newest first");
    }

    private byte[] attachments() {
      if (scanner.peek() != '{') {
        throw new BadDocumentException(
            Kind.BAD_SPECIAL_MEMBER, "_attachments must be a JSON object");
      }
      int start = scanner.position();
      scanner.skipValue();
      return Arrays.copyOfRange(input, start, scanner.position());
    }

    IncomingDocument document(Body body) {
      return new IncomingDocument(id, revText, deleted, revisions, attachments, body);
    }
  }
}
