package org.skerry.postgres;

import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;
import org.skerry.json.JsonIn;
import org.skerry.postgres.mapping.InvalidMappingException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets only what describes a satellite into {@code _postgres}. A satellite gets a database's
 * records, so it is a server administrator's to name one. Any thread.
 */
public final class SatelliteGuard implements WriteGuard {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private final Databases databases;

  private SatelliteGuard(Databases databases) {
    this.databases = databases;
  }

  /** Puts a guard before the satellites of a node. */
  public static void put(Databases databases) {
    databases.guard(Satellite.DATABASE, new SatelliteGuard(databases));
  }

  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    if (!author.isServerAdmin()) {
      return Verdict.forbidden("Only server admins may describe satellites.");
    }
    if (revision.deleted() || revision.id().isDesign()) {
      return Verdict.PASS;
    }
    try {
      SatelliteReader.read(
          revision.id().text(),
          MAPPER.readTree(revision.body().json()),
          name -> isDatabaseName(databases, name));
      return Verdict.PASS;
    } catch (InvalidMappingException e) {
      return Verdict.forbidden(String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      return Verdict.forbidden("It describes no satellite: " + e.getOriginalMessage());
    }
  }

  /** Whether a database may be called so. */
  public static boolean isDatabaseName(Databases databases, String name) {
    try {
      databases.find(name);
      return true;
    } catch (InvalidDatabaseNameException e) {
      return false;
    }
  }
}
