package org.skerry.replication.schedule;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.Excerpt;
import org.skerry.replication.RefusalLog;
import org.skerry.replication.peer.Refusal;
import org.skerry.store.LocalDocuments;
import org.skerry.store.LocalDocuments.LocalDocument;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;

/**
 * Keeps refused documents in {@code _local/refused-…} documents of {@code _replicator}, one a
 * replication, which only administrators see. Any thread may call.
 */
public final class StoredRefusals implements RefusalLog {
  /** Replications with refused documents; a node has few, and most have none. */
  static final int MOST = 1_000;

  /** A reason may have come from anywhere. */
  private static final int LONGEST_REASON = 500;

  private static final String PREFIX = "_local/refused-";

  private final Databases databases;
  private final InstantSource clock;

  /** Keeps them in a node's own database, as long as it is there. */
  public StoredRefusals(Databases databases, InstantSource clock) {
    this.databases = databases;
    this.clock = clock;
  }

  /**
   * What a replication was refused.
   *
   * @param base what names the replication in its id
   * @param updated when something was refused or accepted last
   */
  public record Refused(
      String base, String source, String target, String updated, List<Refusal> refusals) {}

  private Optional<LocalDocuments> place() {
    return databases.find(Schedule.DATABASE).map(Database::store).map(store -> store.local());
  }

  private static DocId id(String base) {
    return DocId.of(PREFIX + base);
  }

  @Override
  public List<Refusal> load(String base) {
    return find(base).map(Refused::refusals).orElse(List.of());
  }

  @Override
  public void save(String base, String source, String target, List<Refusal> refusals) {
    if (refusals.isEmpty()) {
      forget(base);
    } else {
      put(base, json(source, target, refusals));
      dropOldest();
    }
  }

  private void put(String base, byte[] json) {
    Optional<LocalDocuments> place = place();
    boolean written = place.isEmpty();
    while (!written) {
      long seen = place.get().get(id(base)).map(LocalDocument::version).orElse(0L);
      written = place.get().put(id(base), seen, Body.ofTrusted(json)).isPresent();
    }
  }

  /** Forgets what a replication was refused. Returns whether there was anything. */
  public boolean forget(String base) {
    Optional<LocalDocuments> place = place();
    while (place.isPresent()) {
      Optional<LocalDocument> found = place.get().get(id(base));
      if (found.isEmpty()) {
        return false;
      }
      if (place.get().remove(id(base), found.get().version())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Forgets what was refused on the way from or to a database of this node that is no more: one of
   * its name that is created later has other documents.
   */
  public void dropped(String database) {
    all().stream()
        .filter(one -> one.source().equals(database) || one.target().equals(database))
        .forEach(one -> forget(one.base()));
  }

  private void dropOldest() {
    List<Refused> all = all();
    all.stream()
        .sorted(Comparator.comparing(Refused::updated))
        .limit(Math.max(0, all.size() - MOST))
        .forEach(one -> forget(one.base()));
  }

  private byte[] json(String source, String target, List<Refusal> refusals) {
    return JsonOut.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringProperty("source", source);
          out.writeStringProperty("target", target);
          out.writeStringProperty("updated", clock.instant().toString());
          out.writeArrayPropertyStart("refused");
          refusals.forEach(one -> RefusalJson.write(out, shortened(one)));
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static Refusal shortened(Refusal one) {
    return new Refusal(
        one.id(), one.rev(), one.error(), Excerpt.beginning(one.reason(), LONGEST_REASON));
  }

  /** What one replication was refused. */
  public Optional<Refused> find(String base) {
    return place().flatMap(local -> local.get(id(base))).map(StoredRefusals::read);
  }

  /** All replications that were refused something. */
  public List<Refused> all() {
    List<Refused> all = new ArrayList<>();
    place()
        .ifPresent(
            local -> {
              // Ids in order: those meant stand together, behind what is before them.
              Optional<DocId> after = Optional.of(DocId.of("_local/refused"));
              List<LocalDocument> page;
              do {
                page = local.list(after, 100);
                page.stream()
                    .filter(one -> one.id().text().startsWith(PREFIX))
                    .map(StoredRefusals::read)
                    .forEach(all::add);
                after = page.isEmpty() ? after : Optional.of(page.getLast().id());
              } while (!page.isEmpty() && page.getLast().id().text().startsWith(PREFIX));
            });
    return all;
  }

  private static Refused read(LocalDocument document) {
    JsonNode json = ReplicatorDocument.tree(document.body().json());
    List<Refusal> refusals = new ArrayList<>();
    for (JsonNode one : json.path("refused")) {
      refusals.add(
          new Refusal(
              one.path("id").asString(""),
              one.path("rev").asString(""),
              one.path("error").asString(""),
              one.path("reason").asString("")));
    }
    return new Refused(
        document.id().text().substring(PREFIX.length()),
        json.path("source").asString(""),
        json.path("target").asString(""),
        json.path("updated").asString(""),
        refusals);
  }
}
