package org.skerry.scope;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skerry.collation.ValueReader;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.selector.BodyMembers;
import org.skerry.selector.MemberSlices;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A database's scope rules. Immutable; any thread.
 *
 * <pre>{@code
 * {"rules": [
 *   {"type": "Patient", "site": "/managingOrganization/reference", "urgency": 10},
 *   {"selector": {"subject.reference": {"$regex": "^Patient/"}}, "follow": "/subject/reference"},
 *   {"type": ["Organization", "ValueSet"], "everyone": true}
 * ]}
 * }</pre>
 *
 * <p>Design documents are everyone's: sites need what they say to work as the centre does.
 */
public final class ScopeRules {
  /**
   * What names more places and documents than this goes to those that it names first: each is
   * looked up in the turn that writes it, in which all others wait.
   */
  static final int MOST_LABELS = 10_000;

  private final byte[] json;
  private final List<ScopeRule> rules;

  /** The body's members at which some rule looks. */
  private final List<BodyMembers.Wanted> members;

  private final boolean looksAtId;

  /** Whether some rule looks at the document as a whole. */
  private final boolean whole;

  private ScopeRules(byte[] json, List<ScopeRule> rules) {
    this.json = json;
    this.rules = List.copyOf(rules);
    Set<String> names = new HashSet<>();
    boolean all = false;
    for (ScopeRule rule : rules) {
      Set<String> selected = rule.selector().map(one -> one.members()).orElse(Set.of());
      names.addAll(rule.types().isEmpty() ? Set.of() : ScopeRule.TYPE_MEMBERS);
      all |= rule.selector().isPresent() && selected.isEmpty();
      names.addAll(selected);
      for (LabelSource source : rule.sources()) {
        switch (source) {
          case LabelSource.Place(MemberPath path) -> names.add(path.head());
          case LabelSource.Follow(MemberPath path, String prefix) -> names.add(path.head());
          case LabelSource.Everyone everyone -> {}
        }
      }
    }
    this.looksAtId = names.remove("_id") || all;
    this.members = names.stream().map(BodyMembers.Wanted::of).toList();
    this.whole = all;
  }

  /**
   * Compiles rules.
   *
   * @throws InvalidScopeException when they mean nothing
   */
  public static ScopeRules parse(JsonNode scope) {
    return new ScopeRules(
        scope.toString().getBytes(StandardCharsets.UTF_8), ScopeReader.rules(scope));
  }

  /** The rules that {@link #json} gave, also to a program of before. */
  public static ScopeRules decode(byte[] stored) {
    return new ScopeRules(stored.clone(), ScopeReader.stored(ValueReader.read(stored)));
  }

  /** The rules as they were written. Shared: do not change. */
  public byte[] json() {
    return json;
  }

  /** Which sites a revision concerns. */
  public Placement place(DocId id, boolean deleted, Body body) {
    if (id.isDesign()) {
      return Placement.of(Set.of(Label.EVERYONE), deleted, Placement.USUAL);
    }
    ObjectNode document = new ObjectNode(JsonNodeFactory.instance);
    if (looksAtId) {
      document.put("_id", id.text());
    }
    if (whole) {
      BodyMembers.read(body.json(), name -> true, Integer.MAX_VALUE, document);
    } else {
      BodyMembers.read(body.json(), members, document);
    }
    return place(document, deleted);
  }

  /** Which sites a revision concerns that says this where the rules look, of few members. */
  Placement place(MemberSlices said, boolean deleted) {
    ObjectNode document = new ObjectNode(JsonNodeFactory.instance);
    said.read(document);
    return place(document, deleted);
  }

  private Placement place(ObjectNode document, boolean deleted) {
    Set<Label> labels = new HashSet<>();
    int urgency = Placement.USUAL;
    for (ScopeRule rule : rules) {
      if (rule.fits(document)) {
        rule.labels(document, labels);
        urgency = rule.urgency().orElse(urgency);
      }
    }
    return labels.isEmpty() && !deleted ? Placement.NONE : Placement.of(labels, deleted, urgency);
  }

  /** For documents that are written together. */
  public Placer placer() {
    return new Placer(this);
  }

  /** Whether a few of the body's members are all at which the rules look. */
  boolean looksAtFew() {
    return !whole && !looksAtId && members.size() <= BodyMembers.FEW;
  }

  List<BodyMembers.Wanted> members() {
    return members;
  }

  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }
}
