package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.StoreException;

class ScopeRecordTest {
  private static final DocId ID = DocId.of("a");
  private static final RevId BASE = RevId.parse("3-cc");

  private static Scope scope(Echo... echoes) {
    return new Scope(
        Placement.of(Set.of(Label.place("p"), Label.document(ID)), false, 2),
        Map.of(BASE, Placement.NONE),
        Audience.of(1, 4),
        Audience.of(4),
        List.of(new Stay(1, 12, true, List.of(echoes))));
  }

  @Test
  void whatIsWrittenIsRead() {
    Scope scope =
        scope(
            new Echo(BASE, 2),
            new Echo(RevId.parse("3-dd"), 1, List.of(RevId.parse("2-bb"), RevId.parse("1-aa"))));
    assertThat(ScopeRecord.decode(ID, ScopeRecord.encode(scope))).isEqualTo(scope);
  }

  @Test
  void recordsFromBeforeAncestorsWereKeptAreRead() {
    Scope scope = scope(new Echo(BASE, 3));
    byte[] record = ScopeRecord.encode(scope);
    byte[] older = Arrays.copyOf(record, record.length - 1);
    older[0] = 1;
    assertThat(ScopeRecord.decode(ID, older)).isEqualTo(scope);
  }

  @Test
  void aRecordOfANewerVersionIsRefusedAsSuch() {
    byte[] record = ScopeRecord.encode(scope(new Echo(BASE, 1)));
    record[0]++;
    assertThatThrownBy(() -> ScopeRecord.decode(ID, record))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("written by a newer Skerry");
  }

  @Test
  void aRecordThatEndsEarlyIsDamaged() {
    byte[] record = ScopeRecord.encode(scope(new Echo(BASE, 1)));
    assertThatThrownBy(() -> ScopeRecord.decode(ID, Arrays.copyOf(record, record.length - 5)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged");
  }
}
