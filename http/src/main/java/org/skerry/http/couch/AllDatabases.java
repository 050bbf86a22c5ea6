package org.skerry.http.couch;

import java.util.List;
import java.util.Optional;
import org.skerry.database.Databases;
import org.skerry.http.Query;

/**
 * The names that {@code _all_dbs} and {@code _dbs_info} speak of: those of a range, by skip and
 * limit.
 */
final class AllDatabases {
  private AllDatabases() {}

  static List<String> names(Databases databases, Query query) {
    ListingRequest request = ListingRequest.of(new ListingParameters().add(query));
    List<String> names = databases.names();
    boolean everything =
        request
            .range()
            .within(Optional.empty(), Optional.empty())
            .filter(range -> range.from().isEmpty() && range.to().isEmpty())
            .isPresent();
    List<String> found =
        everything ? names : names.stream().filter(request.range()::contains).toList();
    return (request.range().descending() ? found.reversed() : found)
        .stream().skip(request.skip()).limit(request.limit()).toList();
  }
}
