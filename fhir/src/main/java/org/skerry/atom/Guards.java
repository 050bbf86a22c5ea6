package org.skerry.atom;

import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.OnlyTheNode;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What may be written into the databases of feeds. */
final class Guards {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private Guards() {}

  static void put(Databases databases) {
    databases.guard(FeedDefinition.DATABASE, new OfDefinitions());
    // Readers trust that what was published stays as it was.
    databases.guard(
        EventLog.DATABASE,
        new OnlyTheNode("Events are written by the node alone, and never changed."));
  }

  /** A feed opens a database to readers, so it is a server administrator's to make one. */
  private record OfDefinitions() implements WriteGuard {
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
            revision.id().text(), MAPPER.readTree(revision.body().json()), Databases::isName);
        return Verdict.PASS;
      } catch (InvalidFeedException e) {
        return Verdict.forbidden(String.valueOf(e.getMessage()));
      } catch (JacksonException e) {
        return Verdict.forbidden("It describes no feed: " + e.getOriginalMessage());
      }
    }
  }
}
