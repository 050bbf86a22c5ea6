package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MangoIndexTest {
  @Test
  void whatIsReadTwiceIsTheSameIndex() {
    assertThat(Asked.index("d", "a", "b"))
        .isEqualTo(Asked.index("d", "a", "b"))
        .hasSameHashCodeAs(Asked.index("d", "a", "b"));
  }

  @Test
  void indexesOfTheSameNamesAreToldApartByWhatTheyHold() {
    MangoIndex.Json index = Asked.index("d", "a");
    assertThat(Asked.index("d", "b")).isNotEqualTo(index);
    assertThat(new MangoIndex.Json(index.designId(), index.name(), index.definition(), true))
        .isNotEqualTo(index);
    assertThat(new MangoIndex.Json(index.designId(), "other", index.definition(), false))
        .isNotEqualTo(index);
    assertThat(new MangoIndex.Json("_design/other", index.name(), index.definition(), false))
        .isNotEqualTo(index);
  }
}
