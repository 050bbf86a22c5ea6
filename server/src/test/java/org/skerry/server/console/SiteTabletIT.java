package org.skerry.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.skerry.http.Router.Route;
import org.skerry.http.console.ConsoleRoutes;

/** A tablet of a clinic: an unchanged PouchDB in the browser, whose user is a site. */
class SiteTabletIT extends ConsoleCase {
  private static final String RULES =
      "{\"rules\":[{\"type\":\"patient\",\"site\":\"/at\"},{\"type\":\"note\",\"follow\":\"/of\"}]}";

  /** Signs in, opens both databases, and leaves what the test needs. */
  private static final String BEGIN =
      """
      async ([name, password]) => {
        const signedIn = await fetch("/_session", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ name, password }),
        });
        if (!signedIn.ok) throw new Error("not signed in: " + signedIn.status);
        const local = new PouchDB("tablet");
        const remote = new PouchDB(location.origin + "/care", { skip_setup: true });
        globalThis.tablet = {
          local,
          ids: async () => (await local.allDocs()).rows.map((row) => row.id),
          sync: async () => {
            try {
              const { push } = await local.sync(remote);
              return push.doc_write_failures === 0 ? "synced" : "refused";
            } catch (problem) {
              return "no line";
            }
          },
        };
        return PouchDB.version;
      }
      """;

  @Override
  List<Route> more() {
    return ConsoleRoutes.clinicOfClassPath();
  }

  private void fillTheCentre() {
    admin("PUT", "/care", "");
    admin("PUT", "/care/_scope", RULES);
    admin(
        "PUT",
        "/_users/org.couchdb.user:hill",
        "{\"name\":\"hill\",\"password\":\"tide\",\"roles\":[],\"type\":\"user\"}");
    admin("PUT", "/_sites/hill", "{\"users\":\"hill\"}");
    admin("PUT", "/_sites/shore", "{}");
    admin("PUT", "/care/p1", "{\"type\":\"patient\",\"at\":\"hill\"}");
    admin("PUT", "/care/n1", "{\"type\":\"note\",\"of\":\"p1\",\"text\":\"first\"}");
    admin("PUT", "/care/p2", "{\"type\":\"patient\",\"at\":\"hill\"}");
    admin("PUT", "/care/q1", "{\"type\":\"patient\",\"at\":\"shore\"}");
    settled();
  }

  /** Looks until documents have followed; how long that takes nobody claims. */
  private void settled() {
    while (admin("GET", "/care/_subset?site=hill", "").contains("\"following\":true")) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private Object run(String script) {
    return page().evaluate("async () => " + script);
  }

  private void move(String patient, String to) {
    String doc = admin("GET", "/care/" + patient, "");
    admin("PUT", "/care/" + patient, doc.replaceAll("\"at\":\"\\w+\"", "\"at\":\"" + to + "\""));
    settled();
  }

  @Test
  void aPatientWhoMovesLeavesTheTabletAndNothingElse() {
    fillTheCentre();
    page().navigate(node().url() + "/_utils/clinic/");
    assertThat((String) page().evaluate(BEGIN, List.of("hill", "tide"))).startsWith("9.");
    assertThat(run("tablet.sync()")).isEqualTo("synced");
    assertThat(run("tablet.ids()")).isEqualTo(List.of("n1", "p1", "p2"));

    page().context().setOffline(true);
    run("tablet.local.put({ ...(await tablet.local.get('n1')), text: 'written without a line' })");
    run("tablet.local.put({ _id: 'n2', type: 'note', of: 'p1', text: 'new without a line' })");
    expectComplaint("Failed to load resource: net::ERR_INTERNET_DISCONNECTED");
    assertThat(run("tablet.sync()")).isEqualTo("no line");
    move("p1", "shore");
    page().context().setOffline(false);
    assertThat(run("tablet.sync()")).isEqualTo("synced");
    settled();
    assertThat(run("tablet.sync()")).isEqualTo("synced");

    assertThat(run("tablet.ids()")).as("the copy is gone").isEqualTo(List.of("p2"));
    assertThat(admin("GET", "/care/n1?conflicts=true", ""))
        .contains("written without a line")
        .doesNotContain("_conflicts");
    assertThat(admin("GET", "/care/n2", "")).contains("new without a line");
    assertThat(admin("GET", "/care", "")).contains("\"doc_count\":5", "\"doc_del_count\":0");

    move("p1", "hill");
    assertThat(run("tablet.sync()")).isEqualTo("synced");
    assertThat(run("tablet.ids()")).isEqualTo(List.of("n1", "n2", "p1", "p2"));
    assertThat((String) run("(await tablet.local.get('n1')).text"))
        .isEqualTo("written without a line");
    run("tablet.local.destroy()");
  }
}
