package org.skerry.fhir.provenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.conflict.Mark;
import org.skerry.conflict.SettlementListener;
import org.skerry.conflict.SettlementRow;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a Provenance beside each resource whose conflict was settled, and when that is undone. Any
 * thread.
 */
public final class SettlementProvenance implements SettlementListener {
  private static final Logger LOG = LoggerFactory.getLogger(SettlementProvenance.class);

  @Override
  public void settled(Database database, SettlementRow settlement) {
    if (!settlement.leaves().isEmpty()) {
      String name = ProvenanceText.id(settlement);
      version(database, settlement.id(), settlement.into())
          .ifPresent(into -> keep(database, name, () -> ProvenanceText.of(name, into, settlement)));
    }
  }

  @Override
  public void undone(Database database, DocId id, Mark.Undone undoing) {
    String name = ProvenanceText.id(id, undoing);
    version(database, id, undoing.into())
        .ifPresent(into -> keep(database, name, () -> ProvenanceText.of(name, into, undoing)));
  }

  /** Where the version is gone by now, nobody here can say when it was made. */
  private static Optional<ResourceText> version(Database database, DocId document, RevId into) {
    Optional<ResourceId> id =
        database.name().startsWith("_") ? Optional.empty() : ResourceId.of(document);
    return id.flatMap(resource -> version(database, resource, into));
  }

  private static Optional<ResourceText> version(Database database, ResourceId id, RevId into) {
    List<StoredRevision> found = new ArrayList<>(1);
    database
        .store()
        .read(
            List.of(new RevisionRef(id.document(), into)),
            (ref, there) -> there.ifPresent(one -> found.add(one.revision())));
    try {
      return found.stream()
          .filter(revision -> !revision.deleted())
          .findFirst()
          .map(revision -> ResourceText.of(id, revision));
    } catch (NoResourceException e) {
      return Optional.empty();
    }
  }

  private static void keep(Database database, String name, Supplier<Body> text) {
    DocId document = DocId.of("Provenance/" + name);
    if (!isHere(database, document)) {
      write(database, document, text.get());
    }
  }

  private static boolean isHere(Database database, DocId document) {
    boolean[] here = {false};
    database
        .store()
        .load(
            List.of(document),
            Fields.LEAVES,
            there -> {
              here[0] = true;
              return true;
            });
    return here[0];
  }

  private static void write(Database database, DocId document, Body body) {
    WriteResult result =
        database.update(new NewRevision(document, Optional.empty(), false, body, List.of()));
    if (result instanceof WriteResult.Forbidden refused) {
      LOG.info("{} of {} is not written: {}", document, database.name(), refused.reason());
    }
  }
}
