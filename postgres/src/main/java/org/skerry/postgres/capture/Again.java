package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.LiveRows;
import org.skerry.postgres.capture.Refusals.Refusal;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;

/** Tries rows again that a rule of the database refused, as they are now. One thread. */
final class Again {
  private static final int MOST = 1_000;

  private final Mapping mapping;
  private final Intake intake;

  Again(Mapping mapping, Intake intake) {
    this.mapping = mapping;
    this.intake = intake;
  }

  void run(Connection connection) throws SQLException {
    List<Effect> effects = Transactions.run(connection, this::effects);
    if (!effects.isEmpty()) {
      intake.apply(connection, effects, statements -> {});
    }
  }

  private List<Effect> effects(Connection connection) throws SQLException {
    Map<Table, List<RowRef>> rows = new HashMap<>();
    for (Refusal refusal : Refusals.list(connection, MOST)) {
      mapping
          .table(refusal.row().table())
          .ifPresent(
              table -> rows.computeIfAbsent(table, none -> new ArrayList<>()).add(refusal.row()));
    }
    List<Effect> effects = new ArrayList<>();
    for (Map.Entry<Table, List<RowRef>> entry : rows.entrySet()) {
      Table table = entry.getKey();
      Relation relation = Relations.read(connection, mapping, table);
      List<String> columns = relation.columns().stream().map(Relation.Column::name).toList();
      Map<RowRef, Row> live =
          LiveRows.read(connection, mapping.schema(), table, columns, entry.getValue());
      for (RowRef row : entry.getValue()) {
        Optional<Row> there = Optional.ofNullable(live.get(row));
        effects.add(
            there.isPresent()
                ? new Effect.Stands(table, Optional.of(row), row, there.get(), relation)
                : new Effect.Gone(table, row));
      }
    }
    return effects;
  }
}
