package org.skerry.conflict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptException;
import org.skerry.script.Scripts;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/**
 * The policies of a node's databases, each read when its design document may have changed. Any
 * thread.
 */
final class Policies {
  private static final DocId DOCUMENT = DocId.of(Policy.DOCUMENT);
  private static final int FUNCTIONS = 64;

  /**
   * Counted up when the rules that a node has by itself ({@link Rule#dated}, {@link Rule#guarding},
   * the plain merge) leave something else to a person than before: what stands open is looked at
   * once more then.
   */
  private static final int BUILT_IN = 1;

  private final Scripts scripts;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** Functions used last, by their source: what they mean does not depend on the database. */
  private final LinkedHashMap<String, SettlingFunction> functions =
      new LinkedHashMap<>(16, 0.75f, true);

  Policies(Scripts scripts) {
    this.scripts = scripts;
  }

  /**
   * The policy of a database.
   *
   * @param policy nothing when there is none, or none that can be understood
   * @param problem why it cannot be understood
   * @param document the design document's winner, if it lives
   */
  record Found(
      Optional<Policy> policy, Optional<String> problem, Optional<StoredDocument> document) {}

  private record Known(long designVersion, Found found) {}

  /** The policy in force. */
  Found of(Database database) {
    String life = database.store().incarnation();
    // Asked before the document is read, so that what comes between is seen next time.
    long version = database.designVersion();
    Known last = known.get(life);
    if (last != null && last.designVersion == version) {
      return last.found;
    }
    Found found = in(database.store());
    known.put(life, new Known(version, found));
    return found;
  }

  /** The revision of a database's design document, whether it can be understood or not. */
  static Optional<RevId> version(DocumentStore database) {
    List<RevId> found = new ArrayList<>(1);
    database.load(
        List.of(DOCUMENT),
        Fields.LEAVES,
        document -> document.deleted() || found.add(document.winner().rev()));
    return found.stream().findFirst();
  }

  /** By what conflicts are looked at: the rules that a node has by itself, and a policy. */
  static String basis(Optional<RevId> policy) {
    return BUILT_IN + policy.map(version -> " " + version).orElse("");
  }

  void forget(String incarnation) {
    known.remove(incarnation);
  }

  /** The policy that stands in a database, which need not be open. */
  Found in(DocumentStore database) {
    List<StoredDocument> documents = new ArrayList<>(1);
    database.load(List.of(DOCUMENT), Fields.WINNER, documents::add);
    Optional<StoredDocument> document =
        documents.stream().filter(found -> !found.deleted()).findFirst();
    if (document.isEmpty()) {
      return new Found(Optional.empty(), Optional.empty(), Optional.empty());
    }
    RevId version = document.get().winner().rev();
    JsonNode rules =
        ValueReader.read(document.get().revisions().getFirst().body().json())
            .path(Policy.MEMBER)
            .path("rules");
    if (rules.isMissingNode()) {
      return new Found(Optional.empty(), Optional.empty(), document);
    }
    try {
      return new Found(Optional.of(read(version, rules)), Optional.empty(), document);
    } catch (InvalidPolicyException e) {
      return new Found(Optional.empty(), Optional.ofNullable(e.getMessage()), document);
    }
  }

  /**
   * Reads rules, and compiles their functions.
   *
   * @throws InvalidPolicyException when they mean nothing
   */
  Policy read(RevId version, JsonNode rules) {
    Policy policy = new Policy(version, PolicyReader.rules(rules));
    for (Rule rule : policy.rules()) {
      if (rule.method() instanceof Method.Function function) {
        try {
          function(function.source());
        } catch (ScriptException e) {
          throw new InvalidPolicyException(
              "rule `" + rule.name() + "` has a bad function: " + e.getMessage());
        }
      }
    }
    return policy;
  }

  /** The function of that source. */
  SettlingFunction function(String source) {
    synchronized (functions) {
      SettlingFunction compiled = functions.get(source);
      if (compiled == null) {
        compiled = SettlingFunction.compile(scripts, source);
        functions.put(source, compiled);
        if (functions.size() > FUNCTIONS) {
          functions.pollFirstEntry();
        }
      }
      return compiled;
    }
  }
}
