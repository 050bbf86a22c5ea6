package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.skerry.server.Node;

/** The centres of a node, what differs from them, and its repair. */
class CentresIT extends ConsoleCase {
  private Locator row(String text) {
    return page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  private Locator said(String text) {
    return page().getByText(text, new Page.GetByTextOptions().setExact(true));
  }

  @Test
  void whatDiffersFromTheCentreIsNamedAndRepaired() throws Exception {
    signIn("/sites");
    link("Centres of this node").click();
    assertThat(page().getByText("No centre").first()).isVisible();
    inspect("centres-none");

    try (Node centre = startNode("centre")) {
      ask(centre, "PUT", "/care", "");
      ask(centre, "PUT", "/care/_scope", "{\"rules\":[{\"site\":\"/at\"}]}");
      ask(
          centre,
          "PUT",
          "/_users/org.couchdb.user:hill",
          "{\"name\":\"hill\",\"password\":\"tide\",\"roles\":[],\"type\":\"user\"}");
      ask(centre, "PUT", "/_sites/hill", "{\"users\":\"hill\"}");
      ask(centre, "PUT", "/care/p1", "{\"at\":\"hill\"}");
      ask(centre, "PUT", "/care/p2", "{\"at\":\"hill\"}");
      ask(centre, "PUT", "/care/elsewhere", "{\"at\":\"shore\"}");
      admin("PUT", "/care", "");
      String source = centre.url().replace("://", "://hill:tide@") + "/care";
      String pull = "{\"source\":\"" + source + "\",\"target\":\"care\"}";
      admin("POST", "/_replicate", pull);
      // A replication in the schedule, which does not run before somebody compares.
      admin(
          "PUT", "/_replicator/pull", pull.replace("}", ",\"_replication_state\":\"completed\"}"));
      page().reload();
      assertThat(page().getByText("Site hill of").first()).isVisible();
      button("Compare care").click();
      assertThat(said("Both hold the same.")).isVisible();
      inspect("centres-equal");

      ask(centre, "PUT", "/care/p3", "{\"at\":\"hill\"}");
      admin("PUT", "/care/p4", "{\"at\":\"hill\"}");
      button("Compare care").click();
      assertThat(page().getByText("2 documents differ.").first()).isVisible();
      assertThat(row("p3")).containsText("pull");
      assertThat(row("p4")).containsText("push");
      inspect("centres-differ");
      button("Repair").click();
      assertThat(said("Both hold the same.")).isVisible();
      ask(centre, "GET", "/care/p4", "");
      admin("GET", "/care/p3", "");
    }
    button("Compare care").click();
    assertThat(page().getByRole(AriaRole.ALERT)).isVisible();
    page().reload();
    assertThat(page().getByText("The centre did not answer").first()).isVisible();
    inspect("centres-unreached");
  }
}
