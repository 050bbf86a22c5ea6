package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tree of a document's revisions. */
class HistoryIT extends ConsoleCase {
  @BeforeAll
  void makeDatabase() {
    admin("PUT", "/trees", "");
  }

  /** Writes a branch as a replication would. */
  private void branch(String id, String member, boolean deleted, String... hashes) {
    String ids =
        java.util.Arrays.stream(hashes)
            .map(hash -> '"' + hash + '"')
            .collect(Collectors.joining(","));
    String doc =
        "{\"_id\":\"%s\",\"name\":\"%s\",\"_deleted\":%s,\"_rev\":\"%d-%s\",\"_revisions\":{\"start\":%d,\"ids\":[%s]}}"
            .formatted(id, member, deleted, hashes.length, hashes[0], hashes.length, ids);
    admin("POST", "/trees/_bulk_docs", "{\"new_edits\":false,\"docs\":[" + doc + "]}");
  }

  private static String hash(String letter) {
    return letter.repeat(32);
  }

  @Test
  void theTreeShowsBranchesWinnerConflictAndTombstone() {
    String root = hash("a");
    branch("p1", "Okafor", false, hash("d"), hash("c"), hash("b"), root);
    branch("p1", "Okafar", false, hash("e"), hash("b"), root);
    branch("p1", "gone", true, hash("f"), root);
    signIn("/databases/trees/documents/p1");
    assertThat(page().getByText("This document is in conflict: 1 other version")).isVisible();
    inspect("document-in-conflict");
    link("See all versions").click();
    assertThat(
            page()
                .getByRole(
                    AriaRole.IMG, named("6 revisions · 3 branches · 1 conflict · 1 deletion")))
        .isVisible();
    assertThat(page().getByRole(AriaRole.LISTITEM).getByText("current", exact())).isVisible();
    inspect("history");
    page().getByRole(AriaRole.BUTTON).filter(has("3-eeeeeeee")).click();
    assertThat(dialog()).containsText("Okafar");
    assertThat(dialog()).containsText("Okafor");
    assertThat(dialog()).containsText("in conflict");
    inspect("revision");
    page().keyboard().press("Escape");
    assertThat(dialog()).hasCount(0);
    page().getByRole(AriaRole.BUTTON).filter(has("1-aaaaaaaa")).click();
    assertThat(dialog()).containsText("Its content is not on this node");
  }

  @Test
  void aLongHistoryIsFoldedAndUnfolds() {
    String[] hashes = IntStream.range(0, 120).mapToObj("%032x"::formatted).toArray(String[]::new);
    branch("long", "x", false, hashes);
    signIn("/databases/trees/documents/long/history");
    assertThat(page().getByText("120 revisions · 1 branch", exactly())).isVisible();
    assertThat(page().getByText("114 revisions in between")).isVisible();
    inspect("history-folded");
    button("Show them").click();
    assertThat(page().getByRole(AriaRole.BUTTON).filter(has("60-"))).isVisible();
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static com.microsoft.playwright.Locator.GetByTextOptions exact() {
    return new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true);
  }

  private static com.microsoft.playwright.Locator.FilterOptions has(String start) {
    return new com.microsoft.playwright.Locator.FilterOptions()
        .setHasText(Pattern.compile("\\b" + start));
  }
}
