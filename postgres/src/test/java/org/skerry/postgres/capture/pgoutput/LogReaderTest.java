package org.skerry.postgres.capture.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class LogReaderTest {
  private static final int OID = 4711;
  private static final int INT4 = 23;
  private static final int TEXT = 25;

  private final LogReader reader = new LogReader();

  /** A message in the making. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Message(char kind) {
      write(() -> out.writeByte(kind));
    }

    private interface Step {
      void run() throws IOException;
    }

    private Message write(Step step) {
      try {
        step.run();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Message one(int value) {
      return write(() -> out.writeByte(value));
    }

    Message two(int value) {
      return write(() -> out.writeShort(value));
    }

    Message four(int value) {
      return write(() -> out.writeInt(value));
    }

    Message eight(long value) {
      return write(() -> out.writeLong(value));
    }

    Message text(String text) {
      return write(() -> out.write((text + '\0').getBytes(StandardCharsets.UTF_8)));
    }

    Message value(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return one('t').four(utf8.length).write(() -> out.write(utf8));
    }

    ByteBuffer done() {
      return ByteBuffer.wrap(bytes.toByteArray());
    }
  }

  private static Message relation() {
    return new Message('R')
        .four(OID)
        .text("public")
        .text("party")
        .one('d')
        .two(2)
        .one(1)
        .text("id")
        .four(INT4)
        .four(-1)
        .one(0)
        .text("name")
        .four(TEXT)
        .four(-1);
  }

  private void describe() {
    reader.read(relation().done());
  }

  @Test
  void transactionsBeginAndEnd() {
    assertThat(reader.read(new Message('B').eight(77).eight(1_500_000).four(-1).done()))
        .isEqualTo(
            new LogMessage.Begin(77, Instant.parse("2000-01-01T00:00:01.500Z"), 4_294_967_295L));
    assertThat(reader.read(new Message('C').one(0).eight(77).eight(80).eight(0).done()))
        .isEqualTo(new LogMessage.Commit(77, 80));
  }

  @Test
  void rowsHaveTextsNullsAndWhatDidNotChange() {
    describe();
    LogMessage message =
        reader.read(new Message('I').four(OID).one('N').two(2).value("1").value("Añda").done());
    assertThat(message)
        .isInstanceOfSatisfying(
            LogMessage.Insert.class,
            insert -> {
              assertThat(insert.row().text("id")).contains("1");
              assertThat(insert.row().text("name")).contains("Añda");
              assertThat(insert.row().cell("phone")).isEmpty();
            });
    message = reader.read(new Message('U').four(OID).one('N').two(2).value("1").one('u').done());
    assertThat(message)
        .isInstanceOfSatisfying(
            LogMessage.Update.class,
            update -> {
              assertThat(update.old()).isEmpty();
              assertThat(update.row().cell("name")).contains(Cell.UNCHANGED);
            });
  }

  @Test
  void aChangedKeyComesWithTheOldOne() {
    describe();
    LogMessage message =
        reader.read(
            new Message('U')
                .four(OID)
                .one('K')
                .two(2)
                .value("1")
                .one('n')
                .one('N')
                .two(2)
                .value("2")
                .one('n')
                .done());
    assertThat(message)
        .isInstanceOfSatisfying(
            LogMessage.Update.class,
            update -> {
              assertThat(update.old().flatMap(old -> old.text("id"))).contains("1");
              assertThat(update.row().cell("name")).contains(Cell.NULL);
            });
    assertThat(reader.read(new Message('D').four(OID).one('K').two(2).value("2").one('n').done()))
        .isInstanceOf(LogMessage.Delete.class);
  }

  @Test
  void emptiedTablesAndRemarks() {
    describe();
    assertThat(reader.read(new Message('T').four(1).one(0).four(OID).done()))
        .isInstanceOfSatisfying(
            LogMessage.Truncate.class,
            truncate ->
                assertThat(truncate.relations())
                    .extracting(Relation::name)
                    .containsExactly("party"));
    LogMessage remark =
        reader.read(new Message('M').one(1).eight(9).text("skerry").four(2).two(0x4142).done());
    assertThat(remark)
        .isInstanceOfSatisfying(
            LogMessage.Remark.class,
            said -> {
              assertThat(said.transactional()).isTrue();
              assertThat(said.prefix()).isEqualTo("skerry");
              assertThat(said.content()).asString(StandardCharsets.UTF_8).isEqualTo("AB");
            });
  }

  @Test
  void aTableThatWasAlteredIsDescribedAnew() {
    describe();
    reader.read(
        new Message('R')
            .four(OID)
            .text("public")
            .text("party")
            .one('f')
            .two(1)
            .one(1)
            .text("id")
            .four(INT4)
            .four(-1)
            .done());
    LogMessage message = reader.read(new Message('I').four(OID).one('N').two(1).value("1").done());
    assertThat(((LogMessage.Insert) message).row())
        .isEqualTo(
            new Tuple(
                new Relation(
                    OID,
                    "public",
                    "party",
                    Relation.Identity.FULL,
                    List.of(new Relation.Column("id", true, INT4))),
                List.of(new Cell.Text("1"))));
  }

  @Test
  void whatIsNoMessageIsRefused() {
    assertThatThrownBy(() -> reader.read(new Message('S').four(1).done()))
        .isInstanceOf(BadLogException.class);
    assertThatThrownBy(() -> reader.read(new Message('I').four(99).one('N').two(0).done()))
        .isInstanceOf(BadLogException.class)
        .hasMessageContaining("not described");
  }

  @Test
  void bytesThatAreCutOffOrWrongAreRefusedAndNothingElse(SplittableRandom random) {
    List<ByteBuffer> messages =
        List.of(
            relation().done(),
            new Message('I').four(OID).one('N').two(2).value("1").value("Ada").done(),
            new Message('M').one(1).eight(9).text("skerry").four(2).two(7).done());
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = messages.get(random.nextInt(messages.size())).array().clone();
      if (random.nextBoolean()) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Optional<RuntimeException> thrown = thrown(bytes);
      assertThat(thrown.filter(e -> !(e instanceof BadLogException))).isEmpty();
    }
  }

  private Optional<RuntimeException> thrown(byte[] bytes) {
    LogReader fresh = new LogReader();
    fresh.read(relation().done());
    try {
      fresh.read(ByteBuffer.wrap(bytes));
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }
}
