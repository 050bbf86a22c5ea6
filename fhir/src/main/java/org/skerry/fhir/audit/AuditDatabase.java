package org.skerry.fhir.audit;

import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.database.Database;
import org.skerry.database.DatabaseOptions;
import org.skerry.database.Databases;

/** Where events are kept: made with the first of them, for server administrators alone. */
final class AuditDatabase implements Supplier<Database> {
  private final Databases databases;
  private final Supplier<String> name;

  AuditDatabase(Databases databases, Supplier<String> name) {
    this.databases = databases;
    this.name = name;
  }

  @Override
  public Database get() {
    String wanted = name.get();
    Database found =
        find(wanted).or(() -> databases.create(wanted)).or(() -> find(wanted)).orElseThrow();
    if (!found.options().appendOnly()) {
      found.options(new DatabaseOptions(true));
    }
    return found;
  }

  private Optional<Database> find(String wanted) {
    return databases.find(wanted);
  }
}
