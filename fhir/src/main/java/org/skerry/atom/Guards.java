package org.skerry.atom;

import java.util.function.Predicate;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;
import tools.jackson.databind.json.JsonMapper;

/** What may be written into the databases of feeds. */
final class Guards {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Guards() {}

  static void put(Databases databases) {
    Predicate<String> isName = name -> isDatabaseName(databases, name);
    databases.guard(FeedDefinition.DATABASE, new OfDefinitions(isName));
    databases.guard(EventLog.DATABASE, new OfEvents());
  }

  static boolean isDatabaseName(Databases databases, String name) {
    try {
      databases.find(name);
      return true;
    } catch (InvalidDatabaseNameException e) {
      return false;
    }
  }

  /** A feed opens a database to readers, so it is a server administrator's to make one. */
  private record OfDefinitions(Predicate<String> isDatabaseName) implements WriteGuard {
    @Override
    public Verdict judge(Database database, ProposedRevision revision, Author author) {
      if (!author.isServerAdmin()) {
        return Verdict.forbidden("Only server admins may describe feeds.");
      }
      if (revision.deleted() || revision.id().isDesign()) {
        return Verdict.PASS;
      }
      try {
        DefinitionReader.read(
            revision.id().text(), MAPPER.readTree(revision.body().json()), isDatabaseName);
        return Verdict.PASS;
      } catch (InvalidFeedException e) {
        return Verdict.forbidden(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Readers trust that what was published stays as it was. */
  private record OfEvents() implements WriteGuard {
    @Override
    public Verdict judge(Database database, ProposedRevision revision, Author author) {
      boolean node = author.name().isEmpty() && author.isServerAdmin();
      return node
          ? Verdict.PASS
          : Verdict.forbidden("Events are written by the node alone, and never changed.");
    }
  }
}
