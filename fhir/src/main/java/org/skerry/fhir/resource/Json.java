package org.skerry.fhir.resource;

import java.util.List;
import java.util.Optional;

/**
 * A JSON object as bytes whose members can be asked for, also as bytes: for the little that has to
 * be known of requests, without making trees of all that stands in them.
 */
public final class Json {
  private final Members members;

  private Json(Members members) {
    this.members = members;
  }

  /**
   * Reads the object with which the bytes begin.
   *
   * @throws org.skerry.document.BadDocumentException when they begin with anything else
   */
  public static Json object(byte[] json) {
    return new Json(Members.of(json));
  }

  /**
   * The elements of an array.
   *
   * @throws org.skerry.document.BadDocumentException when it is none
   */
  public static List<byte[]> array(byte[] json) {
    return Members.elements(json).stream()
        .map(place -> java.util.Arrays.copyOfRange(json, place.valueStart(), place.valueEnd()))
        .toList();
  }

  /** A member's text; nothing when it has none. */
  public Optional<String> text(String name) {
    return members.text(name);
  }

  /** A member's value. */
  public Optional<byte[]> value(String name) {
    return members.value(name);
  }

  /** A member that is an object. */
  public Optional<Json> child(String name) {
    return value(name).filter(json -> json[0] == '{').map(Json::object);
  }

  /** The elements of a member that is an array; none when it is not. */
  public List<byte[]> elements(String name) {
    return value(name).filter(json -> json[0] == '[').map(Json::array).orElse(List.of());
  }
}
