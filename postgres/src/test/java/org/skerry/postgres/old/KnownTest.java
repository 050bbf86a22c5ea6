package org.skerry.postgres.old;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.revision.RevId;

class KnownTest {
  private static final RevId ONE = RevId.parse("1-" + "a".repeat(32));
  private static final RevId TWO = RevId.parse("2-" + "b".repeat(32));
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 1, 12, 0);

  @Test
  void whatWasSentIsThereOnceItIsShown() {
    Known known = Known.has(ONE, NOON).sending(TWO, NOON.plusMinutes(5));
    assertThat(known.isHere(TWO)).isFalse();
    Known shown = known.shown(NOON.plusMinutes(5));
    assertThat(shown.isHere(TWO)).isTrue();
    assertThat(shown.sent()).isEmpty();
  }

  @Test
  void whatWasSentAndGotLostIsSentAgain() {
    Known known = Known.has(ONE, NOON).sending(TWO, NOON.plusMinutes(5));
    Known shown = known.shown(NOON);
    assertThat(shown.isHere(TWO)).isFalse();
    assertThat(shown.expectsEdit()).isFalse();
    assertThat(shown.seen()).contains(new Known.At(ONE, NOON));
  }

  @Test
  void anEditThatIsExpectedIsNotWrittenOver() {
    Known known = Known.has(ONE, NOON).shown(NOON.plusMinutes(1));
    assertThat(known.expectsEdit()).isTrue();
    assertThat(Known.has(TWO, NOON.plusMinutes(1)).expectsEdit()).isFalse();
  }

  @Test
  void aTimeThatIsShownTwiceIsTheOneUnderWhichItTookWhatWasSent() {
    LocalDateTime own = NOON.plusMinutes(9);
    Known known = Known.has(ONE, NOON).sending(TWO, NOON.plusMinutes(5));
    Known once = known.shown(own);
    assertThat(once.expectsEdit()).isTrue();
    assertThat(once.shown(own)).isEqualTo(Known.has(TWO, own));
  }

  @Test
  void whatIsSentIsNewerThanAllThatItHas() {
    LocalDateTime ahead = NOON.plusDays(400);
    assertThat(Known.NOTHING.after(NOON, Optional.empty())).isEqualTo(NOON);
    assertThat(Known.NOTHING.after(NOON, Optional.of(ahead))).isEqualTo(ahead.plusSeconds(1));
    assertThat(Known.has(ONE, ahead).after(NOON, Optional.of(NOON)))
        .isEqualTo(ahead.plusSeconds(1));
  }
}
