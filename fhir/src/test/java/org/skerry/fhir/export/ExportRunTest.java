package org.skerry.fhir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.export.ExportJob.Kind;
import org.skerry.fhir.export.ExportJob.Output;
import org.skerry.fhir.export.ExportJob.Progress;
import org.skerry.fhir.export.ExportJob.State;
import org.skerry.fhir.export.ExportJob.Wish;
import org.skerry.fhir.search.Membership;
import org.skerry.fhir.search.SearchIndexes;
import org.skerry.index.Indexes;
import org.skerry.revision.RevId;
import org.skerry.store.MemoryStore;
import org.skerry.store.PurgeRequest;
import org.skerry.store.ordered.MemoryOrderedStore;

/** Exports themselves: what they bring, and that they go on. */
class ExportRunTest {
  private static final Instant TIME = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path folder;

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final Indexes indexes = new Indexes(new MemoryOrderedStore());
  private final Membership membership =
      new SearchIndexes(indexes, InstantSource.system()).membership();
  private Database clinic = databases.create("clinic").orElseThrow();

  @BeforeEach
  void fill() {
    for (int i = 0; i < 450; i++) {
      put("Patient/p" + i, Optional.empty(), "\"n\":" + i);
    }
    put("Observation/o", Optional.empty(), "\"subject\":{\"reference\":\"Patient/p1\"}");
    put("Medication/m", Optional.empty(), "\"x\":1");
    put("note", Optional.empty(), "\"x\":1");
  }

  @AfterEach
  void stop() {
    indexes.close();
    databases.close();
  }

  private RevId put(String id, Optional<RevId> parent, String content) {
    int slash = id.indexOf('/');
    String type = slash < 0 ? "" : "\"resourceType\":\"" + id.substring(0, slash) + "\",\n";
    WriteResult result =
        clinic.update(
            new NewRevision(
                DocId.of(id),
                parent,
                false,
                Body.parse(
                    "{"
                        + type
                        + "\"meta\":{\"lastUpdated\":\"2026-02-01T00:00:00Z\"},"
                        + content
                        + "}"),
                List.of()));
    return ((WriteResult.Written) result).rev();
  }

  private void remove(String id, RevId parent) {
    clinic.update(new NewRevision(DocId.of(id), Optional.of(parent), true, Body.EMPTY, List.of()));
  }

  private static Wish wish(boolean patients, Optional<String> group, Set<String> types) {
    return new Wish(
        "clinic",
        "life",
        Optional.empty(),
        Optional.empty(),
        "http://x",
        patients,
        group,
        types,
        Optional.empty(),
        Optional.empty());
  }

  private ExportJob listed(Wish wish) throws IOException {
    long total =
        ExportList.write(
            folder, clinic.store(), wish.types(), wish.behind(), wish.since().isPresent());
    ExportJob job =
        new ExportJob("id", wish, TIME, Progress.NONE)
            .with(new Progress(State.WAITING, total, 0, 0, List.of(), "", Optional.empty()));
    job.write(folder);
    return job;
  }

  private ExportJob run(ExportJob job, int pages, long perFile) throws IOException {
    AtomicInteger left = new AtomicInteger(pages);
    new ExportRun(clinic, folder, membership, () -> left.getAndDecrement() <= 0, one -> {}, perFile)
        .run(job);
    return ExportJob.read(folder).orElseThrow();
  }

  private List<String> lines(ExportJob job, Kind kind) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Output output : job.progress().outputs()) {
      if (output.kind() == kind) {
        List<String> read = Files.readAllLines(folder.resolve(output.name()));
        assertThat(read).hasSize((int) output.count());
        assertThat(Files.size(folder.resolve(output.name()))).isEqualTo(output.bytes());
        lines.addAll(read);
      }
    }
    return lines;
  }

  @Test
  void whatIsWrittenMeanwhileDoesNotChangeAnExport() throws Exception {
    RevId first = put("Patient/changed", Optional.empty(), "\"state\":\"old\"");
    RevId gone = put("Patient/deleted", Optional.empty(), "\"state\":\"there\"");
    ExportJob job = listed(wish(false, Optional.empty(), Set.of("Patient")));
    put("Patient/changed", Optional.of(first), "\"state\":\"new\"");
    remove("Patient/deleted", gone);
    put("Patient/later", Optional.empty(), "\"state\":\"later\"");
    ExportJob done = run(job, 1_000, 1_000);
    assertThat(done.progress().state()).isEqualTo(State.DONE);
    String all = String.join("\n", lines(done, Kind.OUTPUT));
    assertThat(all).contains("\"state\":\"old\"", "\"state\":\"there\"");
    assertThat(all).doesNotContain("\"state\":\"new\"", "\"state\":\"later\"", "\"note\"");
    assertThat(lines(done, Kind.OUTPUT)).hasSize(452);
  }

  @Test
  void anExportThatIsInterruptedAnywhereGoesOnAndBringsEachResourceOnce() throws Exception {
    ExportJob job = listed(wish(false, Optional.empty(), Set.of()));
    int rounds = 0;
    while (job.progress().state() == State.WAITING) {
      // As after a crash: what was written behind the last note is there, and counts for nothing.
      for (Output output : job.progress().outputs()) {
        Files.writeString(folder.resolve(output.name()), "torn", StandardOpenOption.APPEND);
      }
      job = run(ExportJob.read(folder).orElseThrow(), 1, 100);
      rounds++;
    }
    assertThat(rounds).isGreaterThan(2);
    List<String> lines = lines(job, Kind.OUTPUT);
    assertThat(lines).hasSize(452);
    assertThat(new TreeSet<>(lines)).hasSize(452);
    assertThat(job.progress().outputs())
        .extracting(Output::name)
        .contains("Patient-5.ndjson", "Observation-1.ndjson", "Medication-1.ndjson");
  }

  @Test
  void patientsExportsHaveWhatIsInTheirCompartments() throws Exception {
    ExportJob done = run(listed(wish(true, Optional.empty(), Set.of())), 1_000, 1_000);
    assertThat(done.progress().outputs())
        .extracting(Output::type)
        .containsExactly("Observation", "Patient");
  }

  @Test
  void aGroupIsThatOfTheBeginning() throws Exception {
    RevId rev =
        put(
            "Group/g",
            Optional.empty(),
            "\"member\":[{\"entity\":{\"reference\":\"Patient/p1\"}},"
                + "{\"entity\":{\"reference\":\"Patient/p2\"},\"inactive\":true}]");
    ExportJob job = listed(wish(true, Optional.of("Group/g/" + rev), Set.of()));
    put("Group/g", Optional.of(rev), "\"member\":[]");
    ExportJob done = run(job, 1_000, 1_000);
    assertThat(lines(done, Kind.OUTPUT))
        .as("the group itself, its member, and what is hers")
        .hasSize(3)
        .anyMatch(line -> line.contains("\"Observation\""))
        .anyMatch(line -> line.contains("\"n\":1"));
  }

  @Test
  void aGroupThatIsGoneFailsTheExport() throws Exception {
    ExportJob job = listed(wish(true, Optional.of("Group/g/1-" + "a".repeat(32)), Set.of()));
    assertThatThrownBy(() -> run(job, 10, 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Group/g");
  }

  @Test
  void whatIsNoResourceOrWasPurgedIsToldInErrors() throws Exception {
    put("Patient/wrong", Optional.empty(), "\"id\":\"other\"");
    RevId rev = put("Patient/purged", Optional.empty(), "\"x\":1");
    ExportJob job = listed(wish(false, Optional.empty(), Set.of("Patient")));
    clinic.store().purge(List.of(new PurgeRequest(DocId.of("Patient/purged"), List.of(rev))));
    ExportJob done = run(job, 1_000, 1_000);
    assertThat(lines(done, Kind.ERROR))
        .hasSize(2)
        .anyMatch(line -> line.contains("Patient/wrong"))
        .anyMatch(line -> line.contains("Patient/purged was changed or purged"));
  }

  @Test
  void aJobIsReadAsItWasWritten() throws Exception {
    ExportJob job =
        new ExportJob(
            "a",
            new Wish(
                "clinic",
                "life",
                Optional.of("hill"),
                Optional.of("ana"),
                "http://x?y=\"z\"",
                true,
                Optional.of("Group/g/1-a"),
                Set.of("Patient"),
                Optional.of(TIME),
                Optional.of(7L)),
            TIME,
            new Progress(
                State.FAILED,
                5,
                4,
                3,
                List.of(new Output(Kind.DELETED, "Bundle", "n", 2, 1)),
                "why",
                Optional.of(TIME)));
    job.write(folder);
    assertThat(ExportJob.read(folder)).contains(job);
    Files.writeString(folder.resolve("job.json"), "{\"id\":");
    assertThatThrownBy(() -> ExportJob.read(folder)).isInstanceOf(IOException.class);
  }
}
