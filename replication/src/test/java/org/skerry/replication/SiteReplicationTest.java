package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.audit.Actor;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.collation.ValueReader;
import org.skerry.database.ForeignRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.LocalLimits;
import org.skerry.replication.peer.LocalPeer;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Selection;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.PurgeRequest;
import org.skerry.store.RevisionQuery;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Echo;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Subsets;
import org.skerry.subset.Sites;
import org.skerry.subset.Subsetting;

/** A Skerry node that is a site of another. */
class SiteReplicationTest {
  private static final String RULES = "{\"rules\":[{\"type\":\"patient\",\"site\":\"/at\"}]}";
  private static final String HERE = "{\"type\":\"patient\",\"at\":\"a\"}";
  private static final String ELSEWHERE = "{\"type\":\"patient\",\"at\":\"b\"}";

  private final Island centre = new Island("centre");
  private final Island clinic = new Island("clinic");
  private final Island stranger = new Island("stranger");
  private final List<AuditEvent> audit = new ArrayList<>();

  @BeforeEach
  void begin() {
    new Subsetting(centre.databases(), new Sites(centre.databases()));
    centre
        .database()
        .scope(
            Optional.of(
                ScopeRules.parse(ValueReader.read(RULES.getBytes(StandardCharsets.UTF_8)))));
    Subsets subsets = centre.database().store().subsets();
    subsets.audiences(
        Map.of(
            Label.place("a"), Audience.of(subsets.feed("a")),
            Label.place("b"), Audience.of(subsets.feed("b"))));
  }

  @AfterEach
  void close() {
    centre.close();
    clinic.close();
    stranger.close();
  }

  private Peer asSite() {
    return new LocalPeer(
        centre.databases(),
        new Endpoint.Local("centre"),
        "node-of-centre",
        LocalLimits.DEFAULT,
        whole -> whole.seenBy("a"),
        event -> {});
  }

  private Peer own() {
    return new LocalPeer(
        clinic.databases(),
        new Endpoint.Local("clinic"),
        "node-of-clinic",
        LocalLimits.DEFAULT,
        whole -> whole,
        audit::add);
  }

  private Replication run(Peer source, Peer target) {
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("source"), new Endpoint.Local("target"));
    Replication replication =
        new Replication(
            ReplicationId.of("node", source, target, spec),
            source,
            target,
            spec,
            Surroundings.system(),
            new Backoff(Duration.ZERO, Duration.ZERO),
            Pipeline::new);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    return replication;
  }

  private void pull() {
    run(asSite(), own());
  }

  private Replication push() {
    return run(own(), asSite());
  }

  @Test
  void whatLeavesTheSubsetIsRemovedAndNotDeleted() {
    centre.edit("p1", HERE);
    centre.edit("p2", HERE);
    pull();
    centre.edit("p1", ELSEWHERE);
    pull();

    assertThat(clinic.document("p1")).isEmpty();
    assertThat(clinic.document("p2")).isPresent();
    assertThat(centre.document("p1").orElseThrow().deleted()).isFalse();
    assertThat(push().status().counts().docsWritten()).isZero();
    assertThat(audit)
        .containsExactly(
            new AuditEvent(
                AuditAction.SUBSET_LEFT,
                Actor.NODE,
                "clinic",
                Map.of("site", "a", "documents", "p1")));
  }

  @Test
  void whatComesBackIsThereUnderItsOwnName() {
    RevId first = centre.edit("p1", HERE);
    pull();
    grant(false, "p1");
    centre.edit("p1", ELSEWHERE);
    pull();
    RevId back = centre.edit("p1", HERE);
    centre.attach("p2", "scan", "some bytes");
    pull();

    assertThat(clinic.document("p1").orElseThrow().winner().rev()).isEqualTo(back);
    assertThat(clinic.document("p1").orElseThrow().tree().orElseThrow().contains(first)).isTrue();
  }

  private void grant(boolean granted, String id) {
    Subsets subsets = centre.database().store().subsets();
    subsets.grant(subsets.feed("a"), DocId.of(id), granted);
  }

  @Test
  void theSameRevisionComesAndGoesAsOftenAsItIsGranted() {
    RevId only = centre.edit("p1", ELSEWHERE);
    for (int i = 0; i < 5; i++) {
      grant(true, "p1");
      pull();
      assertThat(clinic.document("p1").orElseThrow().winner().rev()).isEqualTo(only);
      assertThat(clinic.document("p1").orElseThrow().leaves()).hasSize(1);
      grant(false, "p1");
      pull();
      assertThat(clinic.document("p1")).isEmpty();
    }
    assertThat(centre.document("p1").orElseThrow().leaves()).hasSize(1);
  }

  @Test
  void attachmentsComeBackWithTheRevision() {
    centre.attach("p1", "scan", "some bytes");
    for (int i = 0; i < 2; i++) {
      grant(true, "p1");
      pull();
      assertThat(clinic.attachment("p1", "scan")).isEqualTo("some bytes");
      grant(false, "p1");
      pull();
    }
  }

  @Test
  void anEditMadeOfflineReachesTheCentreAndIsGivenBackThen() {
    centre.edit("p1", HERE);
    pull();
    RevId offline = clinic.edit("p1", "{\"type\":\"patient\",\"at\":\"b\",\"said\":\"offline\"}");
    centre.edit("p1", ELSEWHERE);
    pull();
    assertThat(clinic.document("p1").orElseThrow().winner().rev()).isEqualTo(offline);

    push();
    assertThat(centre.document("p1").orElseThrow().leaves())
        .anyMatch(leaf -> leaf.rev().equals(offline));
    pull();
    assertThat(clinic.document("p1")).isEmpty();
  }

  @Test
  void anOlderRevisionLeavesWithTheBranchThatGrewOnIt() {
    centre.edit("p1", HERE);
    pull();
    centre.edit("p1", "{\"type\":\"patient\",\"at\":\"a\",\"n\":2}");
    centre.edit("p1", ELSEWHERE);
    pull();
    assertThat(clinic.document("p1")).isEmpty();
  }

  @Test
  void whatIsOutsideIsRefusedVisiblyAndStays() {
    clinic.edit("p9", ELSEWHERE);
    Replication push = push();
    assertThat(push.status().refusals()).hasSize(1);
    assertThat(push.status().refusals().getFirst().error()).isEqualTo("forbidden");
    assertThat(clinic.document("p9")).isPresent();
    assertThat(centre.document("p9")).isEmpty();
  }

  @Test
  void echoesAreNothingToWhoeverIsNoSite() {
    RevId base = centre.edit("p1", HERE);
    run(centre.peer(), stranger.peer());
    DocId id = DocId.of("p1");
    for (int depth = 1; depth <= 2; depth++) {
      Echo echo = new Echo(base, depth);
      assertThat(stranger.peer().missing(List.of(new RevisionQuery(id, List.of(echo.rev(id))))))
          .isEmpty();
      WriteResult result =
          stranger
              .database()
              .merge(
                  List.of(
                      new ForeignRevision(
                          id,
                          echo.path(id, Optional.empty()),
                          echo.gone(),
                          Body.parse("{\"forged\":true}"),
                          List.of())))
              .getFirst();
      assertThat(result).isEqualTo(new WriteResult.Present(echo.rev(id)));
    }
    assertThat(stranger.fingerprint()).isEqualTo(centre.fingerprint());
  }

  @Test
  void aPurgeAtTheCentreReachesItsSites() {
    centre.edit("p1", HERE);
    pull();
    RevId winner = centre.document("p1").orElseThrow().winner().rev();
    centre.database().store().purge(List.of(new PurgeRequest(DocId.of("p1"), List.of(winner))));
    pull();
    assertThat(clinic.document("p1")).isEmpty();
  }

  @Test
  void aSiteThatIsBehindGivesBackWhatIsPurgedAtTheCentre() {
    centre.edit("p1", HERE);
    pull();
    centre.edit("p1", HERE.replace("}", ",\"again\":true}"));
    RevId winner = centre.document("p1").orElseThrow().winner().rev();
    centre.database().store().purge(List.of(new PurgeRequest(DocId.of("p1"), List.of(winner))));
    pull();
    assertThat(clinic.document("p1")).isEmpty();
  }

  @Test
  void aConflictingLeafThatIsPurgedAtTheCentreLeavesAlone() {
    centre.edit("p1", HERE);
    RevId other = centre.conflict("p1", "1-ffffffffffffffffffffffffffffffff", HERE);
    pull();
    assertThat(clinic.document("p1").orElseThrow().leaves()).hasSize(2);
    centre.database().store().purge(List.of(new PurgeRequest(DocId.of("p1"), List.of(other))));
    pull();
    assertThat(clinic.fingerprint()).isEqualTo(centre.fingerprint());
  }

  @Test
  void aLocalSiteThatHasNothingGetsTheMostUrgentFirst() {
    centre
        .database()
        .scope(
            Optional.of(
                ScopeRules.parse(
                    ValueReader.read(
                        """
                        {"rules":[{"site":"/at"},{"type":"alarm","urgency":1,"site":"/at"}]}\
                        """
                            .getBytes(StandardCharsets.UTF_8)))));
    for (int i = 0; i < 6; i++) {
      String type = i % 3 == 0 ? "alarm" : "note";
      centre.edit("d" + i, "{\"type\":\"" + type + "\",\"at\":\"a\"}");
    }
    Peer source = asSite();
    List<String> ids = new ArrayList<>();
    String since = ChangesQuery.START;
    for (boolean last = false; !last; ) {
      ChangesPage page = source.changes(new ChangesQuery(since, 2, Selection.EVERYTHING, false));
      page.rows().forEach(row -> ids.add(row.id()));
      since = page.lastSeq();
      last = page.last();
    }
    assertThat(ids).containsExactly("d3", "d0", "d5", "d4", "d2", "d1");
    pull();
    assertThat(clinic.fingerprint()).isEqualTo(centre.fingerprint());
    centre.edit("d1", "{\"type\":\"note\",\"at\":\"a\",\"more\":1}");
    assertThat(source.changes(new ChangesQuery(since, 9, Selection.EVERYTHING, false)).rows())
        .map(row -> row.id())
        .containsExactly("d1");
  }
}
