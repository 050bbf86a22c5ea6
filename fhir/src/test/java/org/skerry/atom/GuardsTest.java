package org.skerry.atom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.MemoryStore;

/** What is no feed. */
class GuardsTest {
  private final Databases databases = new Databases(new MemoryStore());

  @AfterEach
  void close() {
    databases.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          f ; {} ; database
          f ; {"database":"Not a name"} ; database
          f ; {"size":DIGITS} ; It describes no feed
          """)
  void whatDescribesNoneIsRefused(String id, String json, String reason) {
    Guards.put(databases);
    Database database = databases.create(FeedDefinition.DATABASE).orElseThrow();
    String digits = json.replace("DIGITS", "7".repeat(2_000));
    WriteResult refused =
        database.update(
            new NewRevision(DocId.of(id), Optional.empty(), false, Body.parse(digits), List.of()));
    assertThat(refused)
        .isInstanceOfSatisfying(
            WriteResult.Forbidden.class, it -> assertThat(it.reason()).contains(reason));
  }
}
