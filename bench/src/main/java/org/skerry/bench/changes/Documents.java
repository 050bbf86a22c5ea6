package org.skerry.bench.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;

/** Documents to fill databases with, the same in every run. */
final class Documents {
  private static final int BATCH = 1_000;

  private Documents() {}

  /** Writes documents of about a hundred bytes under ids like UUIDs. */
  static void fill(Database database, int count) {
    SplittableRandom random = new SplittableRandom(1);
    for (int from = 0; from < count; from += BATCH) {
      List<NewRevision> batch = new ArrayList<>(BATCH);
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        batch.add(revision(id.toString(), i));
      }
      database.update(batch);
    }
  }

  static NewRevision revision(String id, long number) {
    Body body =
        Body.parse(
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"site\":"
                + number % 1_000
                + ",\"value\":"
                + number
                + "}");
    return new NewRevision(DocId.of(id), Optional.empty(), false, body, List.of());
  }
}
