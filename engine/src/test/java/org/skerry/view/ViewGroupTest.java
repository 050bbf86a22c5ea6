package org.skerry.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/** Which index the views of a design document are. */
class ViewGroupTest {
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  @AfterAll
  static void close() {
    SCRIPTS.close();
  }

  private static String signature(String views) {
    StoredRevision revision =
        new StoredRevision(
            RevId.of(1, new byte[16]), false, Body.parse("{\"views\":" + views + "}"), List.of());
    StoredDocument design =
        new StoredDocument(
            DocId.of("_design/d"), Seq.ZERO, List.of(), Optional.empty(), List.of(revision));
    return ViewGroup.of(design, SCRIPTS).orElseThrow().definition().signature();
  }

  @Test
  void namesDoNotDecide() {
    assertThat(signature("{\"a\":{\"map\":\"function (doc) { emit(doc.n); }\"}}"))
        .isEqualTo(signature("{\"b\":{\"map\":\"function (doc) { emit(doc.n); }\"}}"))
        .isNotEqualTo(signature("{\"a\":{\"map\":\"function (doc) { emit(doc.m); }\"}}"));
  }

  /** Whoever changes this builds all views of all nodes anew. */
  @Test
  void anIndexOfAnOlderProgramIsFound() {
    assertThat(
            signature("{\"a\":{\"map\":\"function (doc) { emit(doc.n); }\",\"reduce\":\"_sum\"}}"))
        .isEqualTo("82033a1183596b0d6a84d7edb689bff9");
  }

  @Test
  void oneWhoseFunctionsWereReadByOtherRulesIsNot() {
    assertThat(signature("{\"a\":{\"map\":\"(doc) => emit(doc.n)\"}}"))
        .isNotEqualTo("f7be16e1284f8e4751b3ba6eb6783013");
  }
}
