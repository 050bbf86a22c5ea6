package org.skerry.fhir.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.skerry.document.AttachmentRef;

/** What stands in a resource's JSON for data that are kept beside it: found, and replaced. */
public final class AttachedText {
  /** What every place has, also where slashes are escaped. */
  private static final byte[] PLACE = Attached.OPERATION.getBytes(StandardCharsets.UTF_8);

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
    Map<String, Attached> known = new HashMap<>();
    there.stream()
        .filter(ref -> Attached.isName(ref.name()))
        .forEach(ref -> known.put(ref.name(), Attached.named(ref.name(), ref.length())));
    byte[] read =
        Rewriting.members(
            json,
            "url",
            object ->
                place(object)
                    .filter(url -> object.find(Attached.MEMBER).isEmpty())
                    .flatMap(url -> Optional.ofNullable(known.get(name(url))))
                    .map(Attached::member));
    return replace(
        read,
        (object, attached) ->
            Optional.ofNullable(known.get(attached.name())).map(Attached::member));
  }

  /** The places of a resource's own data that its Attachments name. */
  public static Set<String> places(byte[] json, ResourceId id) {
    Set<String> found = new HashSet<>();
    Members.each(
        json,
        object ->
            place(object)
                .filter(
                    url -> {
                      String before = url.substring(0, url.lastIndexOf(Attached.PLACE));
                      String own = "/" + id;
                      return before.endsWith(own) || before.contains(own + "/_history/");
                    })
                .ifPresent(found::add));
    return found;
  }

  /** The url of an Attachment without data, if it is such a place. */
  private static Optional<String> place(Members object) {
    return object.find("data").isPresent()
        ? Optional.empty()
        : object
            .text("url")
            .filter(url -> url.contains(Attached.PLACE) && Attached.isName(name(url)));
  }

  private static String name(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
