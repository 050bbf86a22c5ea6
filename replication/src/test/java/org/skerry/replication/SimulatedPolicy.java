package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.WeakHashMap;
import org.skerry.audit.AuditLog;
import org.skerry.conflict.ConflictPage;
import org.skerry.conflict.ConflictQuery;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.StoredDocument;
import org.skerry.store.ordered.MemoryOrderedStore;

/**
 * A policy that every node of a simulation follows whenever it is its turn: as its process sees its
 * database, crashes and lost disks included. Documents have members for every way of merging.
 */
final class SimulatedPolicy {
  /** Decides everything, with or without an ancestor. */
  static final String TOTAL = "{'name':'all','selector':{},'method':'latest','member':'/at'}";

  /** Decides everything whose ancestor is known. */
  static final String MERGE =
      "{'name':'all','selector':{},'method':'merge','members':{'/count':'counter','/tags':'set',"
          + "'/text':{'latest':'/at'},'/at':{'latest':'/at'},'/_attachments':'winner'}}";

  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  private final String rule;
  private final boolean total;

  /** Those of each process that lives. */
  private final Map<Databases, Conflicts> conflicts = new WeakHashMap<>();

  SimulatedPolicy(String rule) {
    this.rule = rule;
    this.total = rule.equals(TOTAL);
  }

  /** Writes the policy at a node; it is the same revision everywhere. */
  void begin(SimulatedNode node) {
    String design = "{'conflicts':{'rules':[" + rule + "]}}";
    node.database()
        .update(
            new NewRevision(
                DocId.of("_design/conflicts"),
                Optional.empty(),
                false,
                Body.parse(design.replace('\'', '"')),
                List.of()));
  }

  /** What the n-th edit writes. */
  String text(int edit, SplittableRandom random) {
    return ("{'count':"
            + random.nextInt(100)
            + ",'tags':['t"
            + edit
            + "','s"
            + random.nextInt(3)
            + "'],'text':'"
            + edit
            + "','at':"
            + random.nextInt(edit)
            + "}")
        .replace('\'', '"');
  }

  /** Lets a node settle what it can. */
  void settle(SimulatedNode node) {
    list(node);
  }

  private ConflictPage list(SimulatedNode node) {
    Conflicts here =
        conflicts.computeIfAbsent(
            node.databases(),
            databases ->
                new Conflicts(
                    databases,
                    new MemoryOrderedStore(),
                    SCRIPTS,
                    AuditLog.NONE,
                    InstantSource.system()));
    return here.list(node.database(), ConflictQuery.first(100));
  }

  /** When all nodes are equal: nothing is left that the policy decides, and nobody quarrelled. */
  void check(List<SimulatedNode> nodes, int edits) {
    for (SimulatedNode node : nodes) {
      ConflictPage page = list(node);
      if (total) {
        assertThat(page.rows()).as(node.name()).isEmpty();
      } else {
        assertThat(page.rows()).as(node.name()).allMatch(row -> row.reason().contains("not here"));
      }
      long revisions = 0;
      for (int i = 0; i < 10; i++) {
        revisions +=
            node.document(DocId.of("doc" + i))
                .flatMap(StoredDocument::tree)
                .map(tree -> tree.size())
                .orElse(0);
      }
      assertThat(revisions).as("revisions of " + edits + " edits").isLessThan(12L * (edits + 5));
    }
  }
}
