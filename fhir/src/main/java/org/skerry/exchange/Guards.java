package org.skerry.exchange;

import java.util.List;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.OnlyTheNode;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;
import org.skerry.exchange.parent.Whitelist;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What may be written into the databases of exchanges. */
final class Guards {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final String REASON = "This is written by the node alone.";

  private Guards() {}

  static void put(Databases databases) {
    databases.guard(Partner.DATABASE, new OfPartners());
    databases.guard(Ledger.DATABASE, new OnlyTheNode(REASON));
    databases.guard(Messages.DATABASE, new OnlyTheNode(REASON));
  }

  /** A partner gets a database's records, so it is a server administrator's to name one. */
  private record OfPartners() implements WriteGuard {
    @Override
    public Verdict judge(Database database, ProposedRevision revision, Author author) {
      if (!author.isServerAdmin()) {
        return Verdict.forbidden("Only server admins may describe partners.");
      }
      if (revision.deleted() || revision.id().isDesign()) {
        return Verdict.PASS;
      }
      try {
        if (revision.id().text().equals(Whitelist.ID)) {
          List<String> problems = Whitelist.problems(MAPPER.readTree(revision.body().json()));
          return problems.isEmpty() ? Verdict.PASS : Verdict.forbidden(String.join("; ", problems));
        }
        PartnerReader.read(
            revision.id().text(), MAPPER.readTree(revision.body().json()), Databases::isName);
        return Verdict.PASS;
      } catch (InvalidPartnerException e) {
        return Verdict.forbidden(String.valueOf(e.getMessage()));
      } catch (JacksonException e) {
        return Verdict.forbidden("It describes no partner: " + e.getOriginalMessage());
      }
    }
  }
}
