package org.skerry.postgres.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresServerTest {
  @Test
  void eachTestHasItsOwnDatabase() {
    TestDatabase one = PostgresServer.shared().database("CREATE TABLE t (n int)");
    TestDatabase other = PostgresServer.shared().database("CREATE TABLE t (n int)");
    one.run("INSERT INTO t VALUES (1), (2)");
    assertThat(one.rows("SELECT n, NULL FROM t ORDER BY n")).containsExactly("1|", "2|");
    assertThat(other.rows("SELECT * FROM t")).isEmpty();
  }

  @Test
  void whatWasCommittedIsThereAfterAKill() {
    try (PostgresServer server = PostgresServer.start()) {
      TestDatabase database = server.database("CREATE TABLE t (n int)");
      database.run("INSERT INTO t VALUES (7)");
      server.kill();
      server.launch();
      assertThat(database.value("SELECT n FROM t")).isEqualTo("7");
    }
  }

  @Test
  void theApplicationsRoleMayReplicateAndIsNoSuperuser() {
    TestDatabase database = PostgresServer.shared().database();
    assertThat(
            database.value("SELECT rolsuper, rolreplication FROM pg_roles WHERE rolname = 'app'"))
        .isEqualTo("f|t");
    assertThat(database.value("SHOW wal_level")).isEqualTo("logical");
  }
}
