package org.skerry.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.changes.ChangesRequest.Style;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.selector.Selector;
import org.skerry.store.DocumentStore;
import org.skerry.store.Seq;
import tools.jackson.databind.json.JsonMapper;

class MatchingSelectorTest {
  private final DocumentStore store = Edits.database();
  private final ChangesFeed feed = new ChangesFeed(store);

  private static ChangeFilter selector(String json) {
    return new MatchingSelector(Selector.parse(JsonMapper.shared().readTree(json)));
  }

  private List<String> rows(ChangesRequest request) {
    List<String> rows = new ArrayList<>();
    Page page =
        feed.read(
            request,
            Seq.ZERO,
            (document, shown) ->
                rows.add(document.id() + " " + shown.stream().map(Leaf::rev).toList()));
    assertThat(page.lastSeq()).isEqualTo(store.now());
    return rows;
  }

  @Test
  void onlyDocumentsThatMatchAreShown() {
    RevId one = Edits.create(store, "a", "{\"site\":1}");
    Edits.create(store, "b", "{\"site\":2}");
    RevId three = Edits.create(store, "c", "{\"site\":1,\"more\":[1.50]}");
    Edits.create(store, "d", "{}");
    assertThat(rows(ChangesRequest.ALL.withFilter(selector("{\"site\":1}"))))
        .containsExactly("a [" + one + "]", "c [" + three + "]");
  }

  @Test
  void theIdIsAMemberToo() {
    Edits.create(store, "Patient/1");
    RevId rev = Edits.create(store, "Visit/1");
    assertThat(rows(ChangesRequest.ALL.withFilter(selector("{\"_id\":{\"$gt\":\"Q\"}}"))))
        .containsExactly("Visit/1 [" + rev + "]");
  }

  @Test
  void tombstonesAreAskedAsWell() {
    RevId tombstone = Edits.delete(store, "a", Edits.create(store, "a", "{\"site\":1}"));
    assertThat(rows(ChangesRequest.ALL.withFilter(selector("{\"site\":1}")))).isEmpty();
    assertThat(rows(ChangesRequest.ALL.withFilter(selector("{\"_deleted\":true}"))))
        .containsExactly("a [" + tombstone + "]");
  }

  @Test
  void ofAConflictTheRevisionsThatMatchAreShown() {
    RevId one = Edits.create(store, "a", "{\"site\":1}");
    RevId two = Edits.conflict(store, "a", "{\"site\":2}");
    ChangesRequest all = ChangesRequest.ALL.withStyle(Style.ALL_DOCS);
    assertThat(rows(all.withFilter(selector("{\"site\":1}")))).containsExactly("a [" + one + "]");
    assertThat(rows(all.withFilter(selector("{\"site\":2}")))).containsExactly("a [" + two + "]");
    assertThat(rows(all.withFilter(selector("{\"site\":{\"$gt\":0}}"))))
        .containsExactly(
            one.compareTo(two) > 0
                ? "a [" + one + ", " + two + "]"
                : "a [" + two + ", " + one + "]");
  }
}
