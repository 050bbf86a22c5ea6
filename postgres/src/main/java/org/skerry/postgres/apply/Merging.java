package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Table;
import org.skerry.store.Fields;

/**
 * Ends documents that turned out to be the same thing as another one, at the place where they were
 * made: their rows are the other one's already. Rows that refer to those are touched, so that their
 * documents name the other one from now on.
 */
final class Merging {
  private final Connection connection;
  private final Satellite satellite;
  private final Database database;

  Merging(Connection connection, Satellite satellite, Database database) {
    this.connection = connection;
    this.satellite = satellite;
    this.database = database;
  }

  void run(List<String> names) throws SQLException {
    if (names.isEmpty()) {
      return;
    }
    Map<String, String> others = Transactions.run(connection, open -> Book.aliases(open, names));
    for (String name : names) {
      Optional<String> other = Optional.ofNullable(others.get(name));
      if (other.isPresent()) {
        touch(other.get());
      }
      boolean ended = end(DocId.of(name));
      Transactions.run(
          connection,
          open -> {
            if (ended) {
              WaitingRoom.forget(open, List.of(name));
            } else {
              WaitingRoom.later(open, name);
            }
            return Boolean.TRUE;
          });
    }
  }

  /** Deletes every branch of a document; not done when somebody wrote at that very moment. */
  private boolean end(DocId id) {
    List<NewRevision> ends = new ArrayList<>();
    database
        .store()
        .load(
            List.of(id),
            Fields.LEAVES,
            document -> {
              document.leaves().stream()
                  .filter(leaf -> !leaf.deleted())
                  .forEach(
                      leaf ->
                          ends.add(
                              new NewRevision(
                                  id, Optional.of(leaf.rev()), true, Body.EMPTY, List.of())));
              return true;
            });
    for (NewRevision end : ends) {
      if (!(database.update(end, Author.SYSTEM) instanceof WriteResult.Written)) {
        return false;
      }
    }
    return true;
  }

  private void touch(String name) throws SQLException {
    Optional<Entry> entry =
        Optional.ofNullable(
            Transactions.run(connection, open -> Book.byName(open, List.of(name))).get(name));
    if (entry.flatMap(Entry::id).isEmpty()) {
      return;
    }
    for (Table table : satellite.mapping().pushed()) {
      for (Column column : table.columns()) {
        if (column.content() instanceof Column.Reference(String target)
            && target.equals(entry.get().table())) {
          touch(table, column.name(), entry.get().id().orElseThrow());
        }
      }
    }
  }

  /** Nothing of the row changes, and PostgreSQL's log has it again. */
  private void touch(Table table, String column, String id) throws SQLException {
    String sql =
        "UPDATE "
            + Sql.name(satellite.mapping().schema(), table.name())
            + " SET "
            + Sql.name(column)
            + " = "
            + Sql.name(column)
            + " WHERE "
            + Sql.name(column)
            + "::text = ?";
    Transactions.run(
        connection,
        open -> {
          try (PreparedStatement statement = open.prepareStatement(sql)) {
            statement.setString(1, id);
            return statement.executeUpdate();
          }
        });
  }
}
