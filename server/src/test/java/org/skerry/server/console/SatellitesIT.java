package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;

/** A real PostgreSQL beside the node, as the console shows it. */
class SatellitesIT extends ConsoleCase {
  private static final String MAPPING =
      """
      {"tables": [{"name": "person", "columns": ["name"]},
                  {"name": "visit", "columns": ["note"], "references": {"person": "person"}}]}
      """;
  private static final String RULE =
      """
      {"validate_doc_update": "function (doc) { if (doc.name === 'nobody') throw({forbidden: 'nobody is no name'}); }"}
      """;

  private Locator row(String text) {
    return page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  @Test
  void aSatelliteIsSeenAtWorkAndWhatWaitsIsTriedAgain() {
    TestDatabase application =
        PostgresServer.shared()
            .database(
                "CREATE TABLE person (id serial PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE visit (id serial PRIMARY KEY,"
                    + " person integer NOT NULL REFERENCES person, note text NOT NULL)");
    application.run("INSERT INTO person (name) VALUES ('Ama'), ('nobody')");
    signIn("/satellites");
    assertThat(page().getByText("No satellites").first()).isVisible();
    inspect("satellites-none");

    admin("PUT", "/health", "");
    admin("PUT", "/health/_design/rule", RULE);
    admin("PUT", "/_postgres", "");
    admin("PUT", "/_postgres/hill", description(application));
    assertThat(heading("hill")).isVisible();
    assertThat(page().getByText("follows").first()).isVisible();
    button("hill: Read now").press("Enter");
    assertThat(page().getByText("hill runs.").first()).isVisible();

    admin("PUT", "/health/visit%2Fv1", "{\"note\":\"cough\",\"person\":\"person/later\"}");
    link("hill: What waits").click();
    assertThat(row("visit/v1")).containsText("person/later");
    assertThat(row("nobody is no name")).hasCount(1);
    inspect("satellites-behind");

    admin("PUT", "/health/person%2Flater", "{\"name\":\"Kofi\"}");
    button("Try all again").press("Enter");
    assertThat(page().getByText("hill tries all of it again.").first()).isVisible();
    assertThat(row("visit/v1")).hasCount(0);
    go("/satellites");
    assertThat(heading("hill")).isVisible();
    inspect("satellites");
    org.assertj.core.api.Assertions.assertThat(
            application.rows("SELECT p.name, v.note FROM visit v JOIN person p ON p.id = v.person"))
        .containsExactly("Kofi|cough");
  }

  private static String description(TestDatabase application) {
    return "{\"url\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"database\":\"health\",\"mapping\":%s}"
        .formatted(application.url(), PostgresServer.USER, PostgresServer.PASSWORD, MAPPING);
  }
}
