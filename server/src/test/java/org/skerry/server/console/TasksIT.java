package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long work of the node, watched and broken off from the console. */
class TasksIT extends ConsoleCase {
  private static int databases;

  private String db;

  /** A view whose function takes long for each document. */
  @BeforeEach
  void makeSlowView() {
    db = "slow" + databases++;
    admin("PUT", "/" + db, "");
    for (int from = 0; from < 6_000; from += 2_000) {
      String documents =
          IntStream.range(from, from + 2_000)
              .mapToObj(i -> "{\"_id\":\"d" + i + "\"}")
              .collect(Collectors.joining(","));
      admin("POST", "/" + db + "/_bulk_docs", "{\"docs\":[" + documents + "]}");
    }
    admin(
        "PUT",
        "/" + db + "/_design/slow",
        "{\"views\":{\"all\":{\"map\":\"doc => { let n = 0; for (let i = 0; i < 400000; i++) n +="
            + " i; emit(n, null) }\"}}}");
    admin("GET", "/" + db + "/_design/slow/_view/all?update=lazy&limit=0", "");
  }

  private Locator row(String text) {
    return page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  private String audited() {
    return admin("GET", "/_node/_local/_audit?action=task_cancelled", "");
  }

  @Test
  void anIndexBuildIsCancelledAmongTheTasks() {
    signIn("/tasks");
    assertThat(row(db)).containsText("Index build");
    assertThat(row(db)).containsText("of 6,00");
    inspect("tasks-index");
    row(db).getByRole(AriaRole.BUTTON).press("Enter");
    assertThat(page().getByText("What it did stays done.")).isVisible();
    assertThat(row(db)).hasCount(0);
    assertThat(audited()).contains("\"subject\":\"" + db + "\"", "\"task\":\"indexer\"");
    go("/audit?kind=task_cancelled");
    assertThat(row(db)).containsText("Compaction or index build cancelled");
  }

  @Test
  void aDatabasesAdministratorCancelsFromItsPage() {
    admin(
        "PUT",
        "/_users/org.couchdb.user:kim",
        "{\"type\":\"user\",\"name\":\"kim\",\"roles\":[],\"password\":\"tide\"}");
    admin("PUT", "/" + db + "/_security", "{\"admins\":{\"names\":[\"kim\"]}}");
    signIn("/databases/" + db + "/settings", "kim", "tide");
    assertThat(row("_design/slow")).containsText("of 6,00");
    inspect("database-tasks");
    page().getByRole(AriaRole.BUTTON, named("Cancel: Index build " + db + " _design/slow")).click();
    assertThat(row("_design/slow")).hasCount(0);
    assertThat(audited()).contains("\"user\":\"kim\"");
  }
}
