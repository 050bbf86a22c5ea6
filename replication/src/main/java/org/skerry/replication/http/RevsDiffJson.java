package org.skerry.replication.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.document.JsonScanner;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;
import org.skerry.wire.JsonOut;

/**
 * The question and the answer of {@code _revs_diff}. Members are named by ids there, which are
 * others each time; Jackson would keep thousands of them.
 */
final class RevsDiffJson {
  private final JsonScanner scanner;
  private final Map<DocId, RevisionQuery> asked;
  private final Map<DocId, MissingRevisions> found = new LinkedHashMap<>();

  private RevsDiffJson(byte[] json, List<RevisionQuery> queries) {
    this.scanner = JsonScanner.ofAnswer(json);
    this.asked = HashMap.newHashMap(queries.size());
    queries.forEach(query -> asked.put(query.id(), query));
  }

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
   *
   * @throws OddAnswerException when it is something else: what was half understood would be taken
   *     for a document that the peer has
   */
  static List<MissingRevisions> answer(byte[] json, List<RevisionQuery> queries)
      throws OddAnswerException {
    try {
      return new RevsDiffJson(json, queries).read();
    } catch (BadDocumentException | InvalidRevIdException e) {
      throw new OddAnswerException(String.valueOf(e.getMessage()));
    }
  }

  private List<MissingRevisions> read() {
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      MissingRevisions one = one();
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
    scanner.end();
    return List.copyOf(found.values());
  }

  /** Of a document that the answer names twice. */
  private static MissingRevisions both(MissingRevisions one, MissingRevisions other) {
    Set<RevId> revs = new LinkedHashSet<>(one.revs());
    revs.addAll(other.revs());
    return new MissingRevisions(one.id(), List.copyOf(revs), one.possibleAncestors());
  }

  private MissingRevisions one() {
    DocId id = DocId.of(scanner.name());
    List<RevId> missing = new ArrayList<>(1);
    List<RevId> ancestors = new ArrayList<>(0);
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      switch (scanner.name()) {
        case "missing" -> revs(missing);
        case "possible_ancestors" -> revs(ancestors);
        default -> scanner.skipValue();
      }
    }
    return new MissingRevisions(id, missing, ancestors);
  }

  private void revs(List<RevId> revs) {
    scanner.enterArray();
    for (boolean first = true; scanner.element(first); first = false) {
      revs.add(RevId.parse(scanner.string()));
    }
  }
}
