package org.skerry.http.couch.subset;

import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.UserContext;
import org.skerry.http.couch.AccessControl;
import org.skerry.subset.Site;
import org.skerry.subset.Subsetting;

/**
 * For which site a request asks: a site's user for that site, an administrator of the database for
 * the one that {@code ?site=} names.
 *
 * @param whole all of the database
 * @param seen the site's part of it
 */
record Asking(Site site, Database whole, Database seen) {
  private static final String NO_RULES =
      "This database has no scope rules, so that sites have no parts of it.";

  /** Finds that out. Any thread. */
  record Desk(Databases databases, Subsetting subsets) {
    /** Who asks, of a database as that is seen. */
    Asking of(Exchange exchange, Database database) {
      // The database was found a moment ago, as its user sees it.
      Database whole =
          databases
              .find(database.name())
              .orElseThrow(() -> HttpProblem.notFound("Database does not exist."));
      if (whole.scope().isEmpty()) {
        throw HttpProblem.notFound(NO_RULES);
      }
      Site site = site(exchange, whole);
      return new Asking(site, whole, subsets.seenBy(whole, site));
    }

    private Site site(Exchange exchange, Database whole) {
      UserContext user = exchange.user();
      Optional<String> named = exchange.query().text("site");
      if (AccessControl.isDatabaseAdmin(user, whole)) {
        String id =
            named.orElseThrow(
                () ->
                    HttpProblem.badRequest(
                        "query_parse_error", "Which site? Name it by `site`, as in ?site=hill."));
        return subsets
            .sites()
            .book()
            .site(id)
            .filter(site -> site.has(whole.name()))
            .orElseThrow(() -> HttpProblem.notFound("No site of that name has a part of this."));
      }
      Site own =
          subsets
              .site(whole, user.name(), user.roles())
              .orElseThrow(
                  () ->
                      HttpProblem.forbidden(
                          "This is for sites, and for administrators of the database."));
      if (named.filter(id -> !id.equals(own.id())).isPresent()) {
        throw HttpProblem.forbidden("A site may ask about itself alone.");
      }
      return own;
    }

    /** As {@link #of}, for a site that may look beyond its part; administrators always may. */
    Asking searching(Exchange exchange, Database database) {
      Asking asking = of(exchange, database);
      boolean may =
          asking.site.searches() || AccessControl.isDatabaseAdmin(exchange.user(), asking.whole);
      if (!may) {
        throw HttpProblem.forbidden("Your site may not look beyond its part of the database.");
      }
      return asking;
    }
  }
}
