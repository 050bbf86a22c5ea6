package org.skerry.mango;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.selector.FieldPath;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/**
 * The members that a client wants to see, as {@code mango_fields:extract} picks them: in the order
 * asked for, nested as their paths say, those that are missing left out.
 */
public final class Projection {
  private final List<List<String>> paths = new ArrayList<>();
  private final Set<String> heads = new HashSet<>();

  /**
   * The projection to these paths.
   *
   * @throws org.skerry.selector.InvalidSelectorException when one has an empty name
   */
  public Projection(List<String> fields) {
    for (String field : fields) {
      List<String> path = FieldPath.parse(field).names();
      paths.add(path);
      heads.add(path.getFirst());
    }
  }

  /** Whether nothing but the body, the id and the revision is shown. */
  boolean isPlain() {
    return heads.stream()
        .allMatch(head -> !head.startsWith("_") || head.equals("_id") || head.equals("_rev"));
  }

  /** Picks from a whole document. */
  public byte[] of(byte[] document) {
    return of(document, Map.of());
  }

  /**
   * Picks from an object.
   *
   * @param special members that are not in it
   */
  byte[] of(byte[] object, Map<String, RawValue> special) {
    Map<String, RawValue> members = RawValue.of(object).members(heads);
    members.putAll(special);
    Shown.Members shown = new Shown.Members();
    for (List<String> path : paths) {
      Optional.ofNullable(members.get(path.getFirst()))
          .flatMap(head -> head.find(path.subList(1, path.size())))
          .ifPresent(value -> shown.set(path, value));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    shown.write(bytes);
    return bytes.toByteArray();
  }

  /** What is shown: a tree whose leaves are bytes of the document. */
  private sealed interface Shown {
    void write(ByteArrayOutputStream out);

    /** A value as it was written. */
    record Value(RawValue raw) implements Shown {
      @Override
      public void write(ByteArrayOutputStream out) {
        out.write(raw.json(), raw.from(), raw.length());
      }
    }

    /** An object of which some members are shown. */
    record Members(Map<String, Shown> byName) implements Shown {
      Members() {
        this(new LinkedHashMap<>());
      }

      /** What lies in something that is shown as a whole is shown already. */
      void set(List<String> path, RawValue value) {
        String name = path.getFirst();
        if (path.size() == 1) {
          byName.put(name, new Value(value));
          return;
        }
        if (byName.computeIfAbsent(name, absent -> new Members()) instanceof Members inner) {
          inner.set(path.subList(1, path.size()), value);
        }
      }

      @Override
      public void write(ByteArrayOutputStream out) {
        char separator = '{';
        for (Map.Entry<String, Shown> member : byName.entrySet()) {
          out.write(separator);
          out.writeBytes(text(member.getKey()));
          out.write(':');
          member.getValue().write(out);
          separator = ',';
        }
        if (byName.isEmpty()) {
          out.write('{');
        }
        out.write('}');
      }
    }
  }

  /** A text as JSON. */
  static byte[] text(String text) {
    return JsonOut.bytes((JsonGenerator out) -> out.writeString(text));
  }
}
