package org.skerry.selector;

import java.util.Arrays;
import java.util.List;
import org.skerry.collation.ValueReader;
import org.skerry.document.JsonScanner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Where a few members stand in a body, before anything is made of them: many bodies say the same
 * there, and whoever looks at one after the other need not read it again.
 */
public final class MemberSlices {
  private static final int ABSENT = -1;

  private final List<BodyMembers.Wanted> wanted;
  private final byte[] body;

  /** By their place among the wanted: where their values begin, and end. */
  private final int[] from;

  private final int[] to;

  private MemberSlices(List<BodyMembers.Wanted> wanted, byte[] body) {
    this.wanted = wanted;
    this.body = body;
    this.from = new int[wanted.size()];
    this.to = new int[wanted.size()];
    Arrays.fill(from, ABSENT);
  }

  /**
   * Finds members.
   *
   * @param wanted a few, since each of the body's names is compared with each of them
   * @param body was checked when it came in: no name comes twice
   */
  public static MemberSlices find(List<BodyMembers.Wanted> wanted, byte[] body) {
    MemberSlices found = new MemberSlices(wanted, body);
    JsonScanner scanner = JsonScanner.ofTrusted(body);
    int left = wanted.size();
    scanner.enterObject();
    for (boolean first = true; left > 0 && scanner.member(first); first = false) {
      int member = BodyMembers.current(scanner, wanted);
      scanner.peek();
      int begins = scanner.position();
      scanner.skipValue();
      if (member >= 0) {
        found.from[member] = begins;
        found.to[member] = scanner.position();
        left--;
      }
    }
    return found;
  }

  /** Whether another body says the same there, byte by byte; of the same members. */
  public boolean sayTheSame(MemberSlices other) {
    for (int i = 0; i < from.length; i++) {
      boolean here = from[i] >= 0;
      if (here != other.from[i] >= 0
          || here && !Arrays.equals(body, from[i], to[i], other.body, other.from[i], other.to[i])) {
        return false;
      }
    }
    return true;
  }

  /** Reads the members that are there. */
  public void read(ObjectNode into) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] >= 0) {
        into.set(wanted.get(i).name(), value(from[i], to[i]));
      }
    }
  }

  private JsonNode value(int begins, int ends) {
    if (body[begins] == '"') {
      byte[] text = Arrays.copyOfRange(body, begins, ends);
      return StringNode.valueOf(JsonScanner.ofTrusted(text).string());
    }
    return ValueReader.read(body, begins, ends - begins);
  }
}
