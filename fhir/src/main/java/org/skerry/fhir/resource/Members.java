package org.skerry.fhir.resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.skerry.document.JsonScanner;

/**
 * The members of a JSON object, as places in its bytes.
 *
 * @param start where the object begins
 * @param end behind the object's last brace
 */
record Members(byte[] json, List<Member> list, int start, int end) {
  private static final int MAX_DEPTH = 1_000;

  /**
   * One member.
   *
   * @param nameStart where its name begins, with its quote
   */
  record Member(String name, int nameStart, int valueStart, int valueEnd) {}

  /**
   * Reads the object with which the bytes begin.
   *
   * @throws org.skerry.document.BadDocumentException when they begin with anything else
   */
  static Members of(byte[] json) {
    JsonScanner scanner = new JsonScanner(json, MAX_DEPTH);
    List<Member> members = new ArrayList<>(24);
    scanner.peek();
    int begin = scanner.position();
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      String name = scanner.name();
      int nameStart = scanner.nameStart();
      scanner.peek();
      int start = scanner.position();
      scanner.skipValue();
      members.add(new Member(name, nameStart, start, scanner.position()));
    }
    return new Members(json, members, begin, scanner.position());
  }

  /** The elements of the array with which the bytes begin, as places. */
  static List<Member> elements(byte[] json) {
    JsonScanner scanner = new JsonScanner(json, MAX_DEPTH);
    List<Member> elements = new ArrayList<>();
    scanner.enterArray();
    for (boolean first = true; scanner.element(first); first = false) {
      scanner.peek();
      int start = scanner.position();
      scanner.skipValue();
      elements.add(new Member("", start, start, scanner.position()));
    }
    return elements;
  }

  /** Shows every object of a JSON text, those within others first. */
  static void each(byte[] json, Consumer<Members> visitor) {
    each(json, new JsonScanner(json, MAX_DEPTH), visitor);
  }

  private static void each(byte[] json, JsonScanner scanner, Consumer<Members> visitor) {
    int next = scanner.peek();
    int begin = scanner.position();
    if (next == '[') {
      scanner.enterArray();
      for (boolean first = true; scanner.element(first); first = false) {
        each(json, scanner, visitor);
      }
    } else if (next == '{') {
      List<Member> members = new ArrayList<>();
      scanner.enterObject();
      for (boolean first = true; scanner.member(first); first = false) {
        String name = scanner.name();
        int nameStart = scanner.nameStart();
        scanner.peek();
        int start = scanner.position();
        each(json, scanner, visitor);
        members.add(new Member(name, nameStart, start, scanner.position()));
      }
      visitor.accept(new Members(json, members, begin, scanner.position()));
    } else {
      scanner.skipValue();
    }
  }

  Optional<Member> find(String name) {
    for (Member member : list) {
      if (member.name.equals(name)) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }

  /** A member's value; nothing when there is no such member. */
  Optional<byte[]> value(String name) {
    return find(name).map(this::value);
  }

  byte[] value(Member member) {
    return Arrays.copyOfRange(json, member.valueStart, member.valueEnd);
  }

  /** The text of a member that is a string. */
  Optional<String> text(String name) {
    return find(name)
        .filter(member -> json[member.valueStart] == '"')
        .map(member -> new JsonScanner(value(member), 1).string());
  }
}
