package org.skerry.fhir.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.skerry.database.Database;
import org.skerry.fhir.export.ExportJob.Kind;
import org.skerry.fhir.export.ExportJob.Progress;
import org.skerry.fhir.export.ExportJob.State;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeText;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.search.Membership;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredRevision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes one export, from where it stands. One thread. */
final class ExportRun {
  private static final int PAGE = 200;
  private static final int PAGES_PER_NOTE = 10;
  private static final long RESOURCES_PER_FILE = 100_000;
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private final Database database;
  private final Path folder;
  private final Membership membership;
  private final BooleanSupplier stopped;
  private final Consumer<ExportJob> listener;
  private final long perFile;

  /**
   * @param stopped whether to end before it is done
   * @param listener hears how far it is
   */
  ExportRun(
      Database database,
      Path folder,
      Membership membership,
      BooleanSupplier stopped,
      Consumer<ExportJob> listener) {
    this(database, folder, membership, stopped, listener, RESOURCES_PER_FILE);
  }

  ExportRun(
      Database database,
      Path folder,
      Membership membership,
      BooleanSupplier stopped,
      Consumer<ExportJob> listener,
      long perFile) {
    this.database = database;
    this.folder = folder;
    this.membership = membership;
    this.stopped = stopped;
    this.listener = listener;
    this.perFile = perFile;
  }

  /** Goes on to the end, or until it is stopped. */
  void run(ExportJob from) throws IOException {
    ExportJob job = from;
    Optional<Set<String>> group =
        job.wish().group().isPresent()
            ? Optional.of(members(job.wish().group().get()))
            : Optional.empty();
    try (ExportFiles files = new ExportFiles(folder, job.progress().outputs(), perFile)) {
      int pages = 0;
      while (!stopped.getAsBoolean()) {
        ExportList.Page page = ExportList.read(folder, job.progress().at(), PAGE);
        if (page.lines().isEmpty()) {
          note(job, files, State.DONE, Optional.of(Instant.now()));
          return;
        }
        write(job, page.lines(), group, files);
        Progress before = job.progress();
        job =
            job.with(
                new Progress(
                    State.WAITING,
                    before.total(),
                    before.done() + page.lines().size(),
                    page.next(),
                    before.outputs(),
                    "",
                    Optional.empty()));
        if (++pages % PAGES_PER_NOTE == 0) {
          job = note(job, files, State.WAITING, Optional.empty());
        } else {
          listener.accept(job);
        }
      }
      note(job, files, State.WAITING, Optional.empty());
    }
  }

  private ExportJob note(ExportJob job, ExportFiles files, State state, Optional<Instant> ended)
      throws IOException {
    Progress now = job.progress();
    ExportJob noted =
        job.with(new Progress(state, now.total(), now.done(), now.at(), files.flush(), "", ended));
    noted.write(folder);
    listener.accept(noted);
    return noted;
  }

  private void write(
      ExportJob job, List<ExportList.Line> lines, Optional<Set<String>> group, ExportFiles files)
      throws IOException {
    List<RevisionRef> refs = new ArrayList<>();
    lines.forEach(line -> refs.add(new RevisionRef(line.id().document(), line.version())));
    List<Optional<StoredRevision>> found = new ArrayList<>();
    database.store().read(refs, (ref, there) -> found.add(there.map(Found::revision)));
    database.countReads(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      Optional<StoredRevision> revision = found.get(i);
      if (revision.isPresent()) {
        write(job, lines.get(i), revision.get(), group, files);
      } else if (!lines.get(i).deleted()) {
        tell(
            files,
            lines.get(i).id() + " was changed or purged, and compacted, while it was exported");
      }
    }
  }

  private static void tell(ExportFiles files, String problem) throws IOException {
    byte[] json = OutcomeText.json(List.of(Issue.error("processing", problem)));
    files.add(Kind.ERROR, "OperationOutcome", json);
  }

  private void write(
      ExportJob job,
      ExportList.Line line,
      StoredRevision revision,
      Optional<Set<String>> group,
      ExportFiles files)
      throws IOException {
    ResourceText text;
    try {
      text = ResourceText.of(line.id(), revision, line.others());
    } catch (NoResourceException e) {
      if (!line.deleted()) {
        tell(files, String.valueOf(e.getMessage()));
      }
      return;
    }
    ExportJob.Wish wish = job.wish();
    if (wish.behind().isEmpty() && wish.since().isPresent() && isOlder(text, wish.since().get())) {
      return;
    }
    if (line.deleted()) {
      String entry =
          "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":"
              + "{\"method\":\"DELETE\",\"url\":\""
              + line.id()
              + "\"}}]}";
      files.add(Kind.DELETED, "Bundle", entry.getBytes(StandardCharsets.UTF_8));
    } else if (!wish.patients() || isMeant(line.id(), revision, group)) {
      files.add(Kind.OUTPUT, line.id().type(), text.versionJson(job.wish().base()));
    }
  }

  private static boolean isOlder(ResourceText text, Instant since) {
    return text.lastUpdated().filter(at -> at.isBefore(since)).isPresent();
  }

  private boolean isMeant(ResourceId id, StoredRevision revision, Optional<Set<String>> group) {
    if (!membership.isPossible(id.type())) {
      return false;
    }
    JsonNode json = MAPPER.readTree(revision.body().json());
    Set<String> patients = membership.patients(id.type(), id.id(), json);
    return group
        .map(members -> patients.stream().anyMatch(members::contains))
        .orElse(!patients.isEmpty());
  }

  /** The patients of a Group, as it was when the export began. */
  private Set<String> members(String version) throws IOException {
    int end = version.lastIndexOf('/');
    ResourceId id = ResourceId.parse(version.substring(0, end)).orElseThrow();
    Set<String> members = new HashSet<>();
    boolean[] here = {false};
    database
        .store()
        .read(
            List.of(new RevisionRef(id.document(), RevId.parse(version.substring(end + 1)))),
            (ref, there) -> {
              here[0] = there.isPresent();
              there.ifPresent(found -> members(found.revision(), members));
            });
    if (!here[0]) {
      throw new IOException(id + " was changed, and compacted, while it was exported");
    }
    return members;
  }

  private static void members(StoredRevision group, Set<String> members) {
    for (JsonNode member : MAPPER.readTree(group.body().json()).path("member")) {
      String reference = member.path("entity").path("reference").asString("");
      ResourceId.parse(reference.split("/_history/")[0])
          .filter(id -> id.type().equals("Patient") && !member.path("inactive").asBoolean(false))
          .ifPresent(id -> members.add(id.id()));
    }
  }
}
