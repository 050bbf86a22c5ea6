package org.skerry.postgres.old;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Databases;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.SatelliteGuard;
import org.skerry.postgres.SatelliteReader;
import org.skerry.postgres.mapping.InvalidMappingException;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.json.JsonMapper;

/** The satellites that are described on this node. */
final class Descriptions {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private final Databases databases;

  Descriptions(Databases databases) {
    this.databases = databases;
  }

  /** The satellite of that name. */
  Optional<Satellite> find(String name) {
    if (!Satellite.NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    List<StoredDocument> found = new ArrayList<>(1);
    databases
        .find(Satellite.DATABASE)
        .ifPresent(
            database ->
                database
                    .store()
                    .load(
                        List.of(DocId.of(name)),
                        Fields.WINNER,
                        document -> {
                          found.add(document);
                          return true;
                        }));
    return found.stream().filter(document -> !document.deleted()).findFirst().flatMap(this::read);
  }

  private Optional<Satellite> read(StoredDocument document) {
    try {
      return Optional.of(
          SatelliteReader.read(
              document.id().text(),
              MAPPER.readTree(document.revisions().getFirst().body().json()),
              name -> SatelliteGuard.isDatabaseName(databases, name)));
    } catch (InvalidMappingException e) {
      return Optional.empty();
    }
  }
}
