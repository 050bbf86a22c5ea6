package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.store.StoreException;

/** How rows stand in pages. */
class RowPageTest {
  private static final int FEED = 3;

  private static RowPage.Row row(long seq) {
    return new RowPage.Row(seq, SubsetRow.encode(DocId.of("d" + seq), false, 7, List.of()));
  }

  private static List<SubsetRow> read(long at, byte[] record) {
    return RowPage.decode(SubsetKeys.row(FEED, at), record).stream()
        .map(SubsetRow::decode)
        .toList();
  }

  @Test
  void aRowAloneStandsAsItAlwaysDid() {
    byte[] record = RowPage.encode(9, List.of(row(9)));
    assertThat(record).isEqualTo(row(9).value());
    assertThat(read(9, record)).containsExactly(SubsetRow.decode(row(9)));
  }

  @Test
  void severalRowsStandInOneRecord() {
    List<RowPage.Row> rows = List.of(row(9), row(10), row(100_000));
    assertThat(read(9, RowPage.encode(9, rows)))
        .containsExactlyElementsOf(rows.stream().map(SubsetRow::decode).toList());
  }

  @Test
  void aPageStaysWhereItIsWhenItsFirstRowGoes() {
    assertThat(read(9, RowPage.encode(9, List.of(row(12)))))
        .containsExactly(SubsetRow.decode(row(12)));
  }

  @Test
  void aDamagedPageIsTold() {
    byte[] record = RowPage.encode(9, List.of(row(9), row(10)));
    assertThatThrownBy(() -> read(9, Arrays.copyOf(record, record.length - 1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("feed 3");
  }
}
