package org.skerry.fhir.resource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skerry.fhir.resource.Members.Member;

/** Changes some members of a JSON text, wherever they stand, and leaves its other bytes alone. */
public final class Rewriting {
  private Rewriting() {}

  /** From where to where, and what is to stand there. */
  private record Edit(int start, int end, String instead) {}

  /**
   * Puts something else in the place of members.
   *
   * @param name of members
   * @param instead a member for each object that has one; nothing where it stays
   */
  static byte[] members(byte[] json, String name, Function<Members, Optional<String>> instead) {
    List<Edit> edits = new ArrayList<>();
    Members.each(
        json,
        object ->
            object
                .find(name)
                .ifPresent(
                    member ->
                        instead
                            .apply(object)
                            .map(text -> new Edit(member.nameStart(), member.valueEnd(), text))
                            .ifPresent(edits::add)));
    return apply(json, edits);
  }

  /**
   * Puts something else in the place of texts.
   *
   * @param name of the members that have them
   * @param instead JSON for the text of such a member; nothing where it stays
   */
  public static byte[] texts(byte[] json, String name, Function<String, Optional<String>> instead) {
    return members(
        json,
        name,
        object -> object.text(name).flatMap(instead).map(value -> '"' + name + "\":" + value));
  }

  /**
   * Has an array of nulls beside each array of extensions that stands alone ({@code _given} without
   * {@code given}): the specification allows it, and HAPI's parser overlooks such extensions.
   */
  public static byte[] completed(byte[] json) {
    List<Edit> edits = new ArrayList<>();
    Members.each(
        json,
        object -> {
          List<Member> extended =
              object.list().stream()
                  .filter(one -> one.name().startsWith("_") && json[one.valueStart()] == '[')
                  .toList();
          Set<String> names =
              extended.isEmpty()
                  ? Set.of()
                  : object.list().stream().map(Member::name).collect(Collectors.toSet());
          for (Member member : extended) {
            String name = member.name();
            if (!names.contains(name.substring(1))) {
              int count = Members.elements(object.value(member)).size();
              String nulls = String.join(",", Collections.nCopies(count, "null"));
              String sibling = '"' + name.substring(1) + "\":[" + nulls + "],";
              edits.add(new Edit(member.nameStart(), member.nameStart(), sibling));
            }
          }
        });
    return apply(json, edits);
  }

  /** Takes away what {@link #completed} adds, and HAPI's printer: nulls right before extensions. */
  public static byte[] reduced(byte[] json) {
    List<Edit> edits = new ArrayList<>();
    Members.each(
        json,
        object -> {
          List<Member> members = object.list();
          for (int i = 1; i < members.size(); i++) {
            Member member = members.get(i - 1);
            Member next = members.get(i);
            if (next.name().equals('_' + member.name()) && isNulls(object, member)) {
              edits.add(new Edit(member.nameStart(), next.nameStart(), ""));
            }
          }
        });
    return apply(json, edits);
  }

  private static boolean isNulls(Members object, Member member) {
    byte[] json = object.json();
    return json[member.valueStart()] == '['
        && Members.elements(object.value(member)).stream()
            .allMatch(one -> json[member.valueStart() + one.valueStart()] == 'n');
  }

  private static byte[] apply(byte[] json, List<Edit> edits) {
    if (edits.isEmpty()) {
      return json;
    }
    edits.sort(Comparator.comparingInt(Edit::start));
    Splice splice = new Splice(json, 0);
    for (Edit edit : edits) {
      splice.replace(edit.start(), edit.end(), edit.instead());
    }
    return splice.finish(json.length);
  }
}
