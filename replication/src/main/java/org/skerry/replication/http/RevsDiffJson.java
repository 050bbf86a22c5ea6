package org.skerry.replication.http;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** The question and the answer of {@code _revs_diff}. */
final class RevsDiffJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private RevsDiffJson() {}

  static byte[] question(List<RevisionQuery> queries) {
    return JsonOut.bytes(
        out -> {
          out.writeStartObject();
          queries.forEach(
              query -> {
                out.writeArrayPropertyStart(query.id().text());
                query.revs().forEach(rev -> out.writeString(rev.toString()));
                out.writeEndArray();
              });
          out.writeEndObject();
        });
  }

  /**
   * Reads the answer. What was not asked for is passed over: the source has not listed it, and a
   * peer could say as much of it as it likes.
   */
  static List<MissingRevisions> answer(InputStream body, List<RevisionQuery> queries) {
    Map<DocId, RevisionQuery> asked = HashMap.newHashMap(queries.size());
    queries.forEach(query -> asked.put(query.id(), query));
    Map<DocId, MissingRevisions> found = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new StreamReadException(parser, "expected an object of documents");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        MissingRevisions one = one(parser);
        RevisionQuery query = asked.get(one.id());
        if (query != null) {
          List<RevId> revs = query.revs().stream().filter(one.revs()::contains).toList();
          if (!revs.isEmpty()) {
            found.merge(
                one.id(),
                new MissingRevisions(one.id(), revs, one.possibleAncestors()),
                RevsDiffJson::both);
          }
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT) {
        throw new StreamReadException(parser, "the answer is cut off");
      }
    }
    return List.copyOf(found.values());
  }

  /** Of a document that the answer names twice. */
  private static MissingRevisions both(MissingRevisions one, MissingRevisions other) {
    Set<RevId> revs = new LinkedHashSet<>(one.revs());
    revs.addAll(other.revs());
    return new MissingRevisions(one.id(), List.copyOf(revs), one.possibleAncestors());
  }

  private static MissingRevisions one(JsonParser parser) {
    List<RevId> missing = new ArrayList<>(1);
    List<RevId> ancestors = new ArrayList<>(0);
    try {
      DocId id = DocId.of(parser.currentName());
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "missing" -> revs(parser, missing);
          case "possible_ancestors" -> revs(parser, ancestors);
          default -> parser.skipChildren();
        }
      }
      expect(parser, parser.currentToken(), JsonToken.END_OBJECT);
      return new MissingRevisions(id, missing, ancestors);
    } catch (BadDocumentException | InvalidRevIdException e) {
      throw new StreamReadException(parser, "no id or no revision: " + e.getMessage());
    }
  }

  private static void revs(JsonParser parser, List<RevId> revs) {
    expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
    while (parser.nextToken() == JsonToken.VALUE_STRING) {
      revs.add(RevId.parse(parser.getString()));
    }
    expect(parser, parser.currentToken(), JsonToken.END_ARRAY);
  }

  /** What was half understood would be taken for a document that the peer has. */
  private static void expect(JsonParser parser, JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw new StreamReadException(parser, "expected " + expected + ", found " + found);
    }
  }
}
