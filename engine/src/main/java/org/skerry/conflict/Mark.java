package org.skerry.conflict;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.collation.ValueReader;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Json;
import org.skerry.document.Body;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.StoredRevision;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What a tombstone says of the settlement, or of the undoing, that made it. It is a member of the
 * tombstone's body, beside the content that was set aside.
 */
public sealed interface Mark {
  /** The member's name. */
  String MEMBER = "skerry_settlement";

  /** More places are not listed: a mark is small. */
  int PLACES = 50;

  /** The tombstone. */
  RevId tombstone();

  By by();

  /**
   * A leaf was set aside.
   *
   * @param leaf the tombstone's parent
   * @param into the revision that continues the document
   * @param taken places whose value came from this leaf alone
   * @param setAside places at which this leaf had another value
   */
  record Settled(
      RevId tombstone, RevId leaf, RevId into, By by, List<String> taken, List<String> setAside)
      implements Mark {
    public Settled {
      taken = List.copyOf(taken);
      setAside = List.copyOf(setAside);
    }
  }

  /**
   * A settlement was undone.
   *
   * @param reopened the leaves that were made of it
   */
  record Undone(RevId tombstone, RevId into, By by, Set<RevId> reopened) implements Mark {
    public Undone {
      reopened = Set.copyOf(reopened);
    }
  }

  /** The body of the tombstone of a leaf that is set aside. */
  static Body keeping(Body body, RevId into, By by, List<String> taken, List<String> setAside) {
    return with(
        body,
        out -> {
          out.writeStringProperty("into", into.toString());
          out.writeName("by");
          by.write(out);
          writeTexts(out, "taken", taken);
          writeTexts(out, "set_aside", setAside);
        });
  }

  /** The body of the tombstone that tells of an undoing. */
  static Body undoing(RevId into, By by, List<RevId> reopened) {
    return with(
        Body.EMPTY,
        out -> {
          out.writeStringProperty("undone", into.toString());
          out.writeName("by");
          by.write(out);
          writeTexts(out, "reopened", reopened.stream().map(RevId::toString).sorted().toList());
        });
  }

  private static void writeTexts(JsonGenerator out, String name, List<String> texts) {
    out.writeArrayPropertyStart(name);
    texts.stream().limit(PLACES).forEach(out::writeString);
    out.writeEndArray();
  }

  private static Body with(Body body, java.util.function.Consumer<JsonGenerator> mark) {
    Map<String, Json> members =
        new LinkedHashMap<>(((Json.Members) Json.read(body.json())).members());
    byte[] value =
        JsonOut.bytes(
            out -> {
              out.writeStartObject();
              mark.accept(out);
              out.writeEndObject();
            });
    members.put(MEMBER, Json.read(value));
    return Body.ofTrusted(new Json.Members(members).bytes());
  }

  /** What was set aside. */
  static Content kept(StoredRevision tombstone) {
    Map<String, Json> members =
        new LinkedHashMap<>(((Json.Members) Json.read(tombstone.body().json())).members());
    members.remove(MEMBER);
    return Content.of(Body.ofTrusted(new Json.Members(members).bytes()), tombstone.attachments());
  }

  /** Reads the mark of a deleted leaf, if it has one. */
  static Optional<Mark> read(RevTree tree, StoredRevision tombstone) {
    byte[] json = tombstone.body().json();
    if (json.length <= MEMBER.length()
        || !new String(json, StandardCharsets.UTF_8).contains(MEMBER)) {
      return Optional.empty();
    }
    JsonNode mark = ValueReader.read(json).path(MEMBER);
    Optional<By> by = By.read(mark.path("by"));
    if (by.isEmpty()) {
      return Optional.empty();
    }
    Optional<RevId> undone = rev(mark.path("undone"));
    if (undone.isPresent()) {
      return Optional.of(
          new Undone(tombstone.rev(), undone.get(), by.get(), revs(mark.path("reopened"))));
    }
    Optional<RevId> leaf = tree.parent(tombstone.rev());
    return rev(mark.path("into"))
        .filter(into -> leaf.isPresent())
        .map(
            into ->
                new Settled(
                    tombstone.rev(),
                    leaf.orElseThrow(),
                    into,
                    by.get(),
                    texts(mark.path("taken")),
                    texts(mark.path("set_aside"))));
  }

  private static Optional<RevId> rev(JsonNode node) {
    return node.isString() ? Revs.parse(node.stringValue()) : Optional.empty();
  }

  private static Set<RevId> revs(JsonNode list) {
    Set<RevId> found = new java.util.HashSet<>();
    list.forEach(node -> rev(node).ifPresent(found::add));
    return found;
  }

  private static List<String> texts(JsonNode list) {
    List<String> found = new ArrayList<>();
    for (JsonNode node : list) {
      if (node.isString() && found.size() < PLACES) {
        found.add(node.stringValue());
      }
    }
    return found;
  }
}
