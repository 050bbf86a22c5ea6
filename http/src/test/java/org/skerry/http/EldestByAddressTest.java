package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class EldestByAddressTest {
  private final EldestByAddress<String> all = new EldestByAddress<>();

  private void add(String name, String address) throws UnknownHostException {
    all.add(name, InetAddress.getByName(address), 10); // an address in digits asks nobody
  }

  @Test
  void whoHasMostLosesTheEldest() throws UnknownHostException {
    add("clinic", "192.0.2.1");
    add("a", "192.0.2.2");
    add("b", "192.0.2.2");
    add("c", "192.0.2.2");
    assertThat(all.take("new")).contains("a");
    assertThat(all.take("new")).contains("b");
    assertThat(all.remove("c")).isTrue();
    assertThat(all.take("clinic")).isEmpty();
    assertThat(all.take("new")).contains("clinic");
    assertThat(all.take("new")).isEmpty();
  }

  @Test
  void aNetworkOfIPv6IsOneHolder() throws UnknownHostException {
    add("clinic", "2001:db8:0:1::1");
    add("a", "2001:db8:0:2::1");
    add("b", "2001:db8:0:2::2");
    assertThat(all.take("new")).contains("a");
  }

  @Test
  void whatGoesTakesItsWeightAlong() throws UnknownHostException {
    add("a", "192.0.2.2");
    for (int i = 0; i < 3; i++) {
      all.weigh("a", 20);
      all.grow("a", 7);
    }
    all.weigh("gone", 100);
    all.grow("gone", 100);
    assertThat(all.bytes()).isEqualTo(27);
    assertThat(all.remove("a")).isTrue();
    assertThat(all.remove("a")).isFalse();
    assertThat(all.bytes()).isZero();
    assertThat(all.size()).isZero();
  }
}
