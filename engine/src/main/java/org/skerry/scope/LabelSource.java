package org.skerry.scope;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.document.DocId;
import org.skerry.store.subset.Label;
import tools.jackson.databind.JsonNode;

/** Where a rule finds labels in a document. */
sealed interface LabelSource {
  /** Everyone gets it, whatever it says. */
  record Everyone() implements LabelSource {}

  /** A member that names places: texts, or objects that name one by {@code _id}. */
  record Place(MemberPath path) implements LabelSource {}

  /**
   * A member that names documents: ids, or FHIR's references.
   *
   * @param prefix what stands before the member's text in the ids of those documents
   */
  record Follow(MemberPath path, String prefix) implements LabelSource {}

  /** The longest name that becomes a label: longer texts name nothing. */
  int MAX_NAME = 1024;

  /** UTF-8 has at most so many bytes for each char. */
  int MOST_BYTES = 3;

  /** The label of a value at the end of a place's path. */
  static Optional<Label> place(JsonNode value) {
    return text(value, "_id").map(Label::place);
  }

  /** The label of a value at the end of a path that names documents. */
  static Optional<Label> follow(JsonNode value, String prefix) {
    return text(value, "reference")
        .flatMap(Reference::idOf)
        .map(id -> prefix.isEmpty() ? id : prefix + id)
        .filter(id -> isName(id) && id.charAt(0) != '_')
        .map(id -> Label.document(DocId.of(id)));
  }

  private static Optional<String> text(JsonNode value, String member) {
    JsonNode text = value.isObject() ? value.path(member) : value;
    return Optional.of(text)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .filter(name -> !name.isEmpty() && isName(name));
  }

  private static boolean isName(String name) {
    return isShort(name) && isText(name);
  }

  /** JSON can say half a character, of which no id is made. */
  private static boolean isText(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
      }
    }
    return true;
  }

  private static boolean isShort(String name) {
    boolean certain = name.length() <= MAX_NAME / MOST_BYTES;
    return certain || name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME;
  }

  /** FHIR's references (R4, 2.3.0.1): relative, absolute, of one version. */
  final class Reference {
    private static final Pattern ABSOLUTE =
        Pattern.compile("https?://.*/([A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64})");

    private Reference() {}

    static Optional<String> idOf(String reference) {
      int version = reference.indexOf("/_history/");
      String current = version < 0 ? reference : reference.substring(0, version);
      if (current.startsWith("http")) {
        Matcher absolute = ABSOLUTE.matcher(current);
        if (absolute.matches()) {
          return Optional.of(absolute.group(1));
        }
      }
      boolean elsewhere = current.startsWith("urn:") || current.startsWith("#");
      return elsewhere || current.isEmpty() ? Optional.empty() : Optional.of(current);
    }
  }
}
