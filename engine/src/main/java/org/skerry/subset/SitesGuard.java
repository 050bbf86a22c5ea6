package org.skerry.subset;

import org.skerry.collation.ValueReader;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ProposedRevision;
import org.skerry.database.ProposedRevision.Origin;
import org.skerry.database.WriteGuard;

/** Tells whoever writes a site here what is wrong with it. */
final class SitesGuard implements WriteGuard {
  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    if (!administers(database, author)) {
      // Whoever may write here decides what others may read.
      return Verdict.forbidden("Sites and places are for administrators to change.");
    }
    if (revision.deleted() || revision.id().isDesign() || revision.origin() == Origin.MERGE) {
      return Verdict.PASS;
    }
    try {
      SiteReader reader = new SiteReader(revision.id(), ValueReader.read(revision.body().json()));
      if (reader.isPlace()) {
        reader.place();
      } else {
        reader.site();
      }
      return Verdict.PASS;
    } catch (InvalidSiteException e) {
      return Verdict.forbidden("no site or place: " + e.getMessage());
    }
  }

  private static boolean administers(Database database, Author author) {
    return author.isServerAdmin()
        || database.security().isAdmin(author.name().orElse(""), author.roles());
  }
}
