package org.skerry.server.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every setting: its key in the file, its kind, its default and what it means. */
public enum Setting {
  DATA("node.data", Kind.TEXT, "data", "folder of the databases"),
  BIND("http.bind", Kind.TEXT, "127.0.0.1", "address to listen on; 0.0.0.0 for all"),
  PORT("http.port", Kind.NUMBER, "5984", "port to listen on; 0 takes a free one"),
  CORS("http.cors_origins", Kind.TEXTS, "", "origins whose scripts may call this node; * for any"),
  TLS_CERTIFICATES(
      "http.tls_certificates",
      Kind.TEXT,
      "",
      "PEM file with the certificates, the node's own first; empty: no TLS"),
  TLS_KEY("http.tls_key", Kind.TEXT, "", "PEM file with the key of the first certificate"),
  KEY_STORE(
      "http.tls_key_store",
      Kind.TEXT,
      "",
      "PKCS#12 file with key and certificates, instead of the two"),
  KEY_STORE_PASSWORD_FILE(
      "http.tls_password_file", Kind.TEXT, "", "file whose first line is the key store's password"),
  IDLE_SECONDS(
      "http.idle_seconds", Kind.NUMBER, "60", "how long a client may be silent in a request"),
  REQUEST_BYTES(
      "limits.request_bytes", Kind.NUMBER, "4294967296", "longest request, streamed or not"),
  HELD_BYTES(
      "limits.held_bytes", Kind.NUMBER, "67108864", "longest request that is held in memory"),
  DOCUMENT_BYTES("limits.document_bytes", Kind.NUMBER, "8000000", "largest document"),
  DOCUMENT_DEPTH("limits.document_depth", Kind.NUMBER, "500", "deepest nesting of a document"),
  ATTACHMENT_BYTES("limits.attachment_bytes", Kind.NUMBER, "4294967296", "largest attachment"),
  ADMIN_NAME("admin.name", Kind.TEXT, "admin", "the administrator's name"),
  ADMIN_PASSWORD_FILE(
      "admin.password_file",
      Kind.TEXT,
      "",
      "file whose first line is the administrator's password"),
  SCRIPT_MILLIS(
      "script.milliseconds",
      Kind.NUMBER,
      "5000",
      "how long a call of a design document's function may take"),
  SCRIPT_MEMORY(
      "script.memory_bytes",
      Kind.NUMBER,
      "0",
      "what it may allocate, garbage included; 0: half of the Java heap, 512 MB at most"),
  SCRIPT_OUTPUT(
      "script.output_bytes", Kind.NUMBER, "16777216", "what it may emit or return, as JSON"),
  SCRIPT_SOURCE(
      "script.source_characters", Kind.NUMBER, "1048576", "the longest function or module"),
  SCRIPT_STACK("script.stack_bytes", Kind.NUMBER, "4194304", "stack of each thread for functions"),
  SCRIPT_THREADS(
      "script.threads",
      Kind.NUMBER,
      "0",
      "how many filters, validations and updates run at once; 0: as many as there are processors,"
          + " two at least"),
  MAX_JOBS("replicator.max_jobs", Kind.NUMBER, "500", "replications that run at a time"),
  JOB_INTERVAL(
      "replicator.interval",
      Kind.NUMBER,
      "60000",
      "milliseconds after which replications that run make room for those that wait"),
  MAX_CHURN("replicator.max_churn", Kind.NUMBER, "20", "how many make room at a time"),
  MAX_HISTORY(
      "replicator.max_history", Kind.NUMBER, "20", "events that each replication remembers"),
  HEALTH_THRESHOLD(
      "replicator.health_threshold",
      Kind.NUMBER,
      "120",
      "seconds that a replication runs before its earlier failures are forgotten"),
  LOG_LEVEL("log.level", Kind.TEXT, "info", "error, warn, info or debug"),
  AUDIT_MEGABYTES(
      "audit.megabytes", Kind.NUMBER, "1024", "how much of the audit log is kept; the oldest goes"),
  LOG_FORMAT("log.format", Kind.TEXT, "text", "text, or json: an object a line"),
  FREE_BYTES(
      "node.free_bytes",
      Kind.NUMBER,
      "67108864",
      "with less room on the disk, documents and attachments are refused"),
  DRAIN_SECONDS(
      "node.drain_seconds",
      Kind.NUMBER,
      "0",
      "how long `_up` says that the node ends before it does"),
  COMPACTION_RATIO(
      "compaction.ratio",
      Kind.NUMBER,
      "2",
      "bodies of all revisions, by those of leaves, from which a database is compacted by itself;"
          + " 0: never"),
  COMPACTION_SLACK(
      "compaction.slack_bytes",
      Kind.NUMBER,
      "536870912",
      "a database with so much to give back is compacted by itself"),
  COMPACTION_SECONDS(
      "compaction.pause_seconds", Kind.NUMBER, "60", "between two looks at the databases");

  /** What a setting's value is. */
  public enum Kind {
    TEXT,
    /** A whole number from 0. */
    NUMBER,
    /** A list in the file; in the environment parted by commas. */
    TEXTS
  }

  private final String key;
  private final Kind kind;
  private final String byDefault;
  private final String meaning;

  Setting(String key, Kind kind, String byDefault, String meaning) {
    this.key = key;
    this.kind = kind;
    this.byDefault = byDefault;
    this.meaning = meaning;
  }

  /** The dotted key in the file. */
  public String key() {
    return key;
  }

  public Kind kind() {
    return kind;
  }

  /** The default, as the environment would spell it. */
  public String byDefault() {
    return byDefault;
  }

  /** One line for people. */
  public String meaning() {
    return meaning;
  }

  /** The variable that overrides the file: {@code http.port} is {@code SKERRY_HTTP_PORT}. */
  public String variable() {
    return "SKERRY_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  static Optional<Setting> ofKey(String key) {
    return List.of(values()).stream().filter(setting -> setting.key.equals(key)).findFirst();
  }
}
