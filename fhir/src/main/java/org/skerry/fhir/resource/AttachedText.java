package org.skerry.fhir.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.skerry.document.AttachmentRef;

/** What stands in a resource's JSON for data that are kept beside it: found, and replaced. */
public final class AttachedText {
  private static final byte[] PLACE = Attached.PLACE.getBytes(StandardCharsets.UTF_8);

  private AttachedText() {}

  /** All data that a resource has beside it, in their order. */
  public static List<Attached> in(byte[] json) {
    List<Attached> found = new ArrayList<>();
    Members.each(json, object -> Attached.in(object).ifPresent(found::add));
    return found;
  }

  /** The JSON with something else in the places of data that are beside it. */
  static byte[] replace(byte[] json, BiFunction<Members, Attached, Optional<String>> instead) {
    return Rewriting.members(
        json,
        Attached.MEMBER,
        object -> Attached.in(object).flatMap(attached -> instead.apply(object, attached)));
  }

  /** The JSON with data beside it where a text stands for them. */
  static byte[] restore(byte[] json, Map<String, Attached> texts) {
    return Rewriting.members(
        json,
        "data",
        object ->
            object
                .text("data")
                .flatMap(text -> Optional.ofNullable(texts.get(text)))
                .map(Attached::member));
  }

  /** Whether a resource may name a place where data are read. */
  public static boolean mentionsPlace(byte[] json) {
    for (int i = 0; i <= json.length - PLACE.length; i++) {
      int matching = 0;
      while (matching < PLACE.length && json[i + matching] == PLACE[matching]) {
        matching++;
      }
      if (matching == PLACE.length) {
        return true;
      }
    }
    return false;
  }

  /**
   * The JSON with data beside it where their places are named, as lists show them: whoever sends
   * back what a list showed keeps them.
   *
   * @param there the document's attachments
   */
  public static byte[] taken(byte[] json, List<AttachmentRef> there) {
    return Rewriting.members(
        json,
        "url",
        object ->
            object.find("data").isPresent() || object.find(Attached.MEMBER).isPresent()
                ? Optional.empty()
                : object.text("url").flatMap(url -> named(url, there)).map(Attached::member));
  }

  private static Optional<Attached> named(String url, List<AttachmentRef> there) {
    return there.stream()
        .filter(ref -> Attached.isName(ref.name()) && url.endsWith(Attached.PLACE + ref.name()))
        .findFirst()
        .map(ref -> Attached.named(ref.name(), ref.length()));
  }
}
