package org.skerry.fhir.audit;

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
    Database found = databases.findOrCreate(name.get());
    if (!found.options().appendOnly()) {
      found.options(new DatabaseOptions(true));
    }
    return found;
  }
}
