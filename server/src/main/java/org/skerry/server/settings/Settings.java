package org.skerry.server.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.config.ConfigKey;
import org.skerry.document.DocumentLimits;
import org.skerry.http.HttpSettings;
import org.skerry.script.ScriptLimits;

/**
 * How a node is to run; every value is checked.
 *
 * @param data folder of the databases
 * @param bind address to listen on
 * @param port 0 takes a free one
 * @param corsOrigins origins whose scripts may call this node
 * @param tls TLS, if there is to be any
 * @param limits what clients may send
 * @param adminName the administrator's name
 * @param adminPassword nothing: keep the one there is, or make one
 * @param logLevel of the node's own messages
 * @param auditMegabytes how much of the audit log is kept
 * @param values every setting as text, for those who show them
 * @param config what the file says under {@code couchdb.SECTION.KEY}, for the configuration that
 *     changes while the node runs
 * @param logFormat text or json
 * @param upkeep how the node looks after itself
 * @param script what functions of design documents may use
 */
public record Settings(
    Path data,
    String bind,
    int port,
    Set<String> corsOrigins,
    Optional<HttpSettings.Tls> tls,
    Limits limits,
    String adminName,
    Optional<String> adminPassword,
    String logLevel,
    int auditMegabytes,
    Map<Setting, String> values,
    Map<ConfigKey, String> config,
    String logFormat,
    UpkeepSettings upkeep,
    ScriptLimits script) {

  /**
   * What clients may send, in bytes.
   *
   * @param request the longest request
   * @param held the longest request that is held in memory
   * @param document size and depth of documents
   * @param attachment the largest attachment
   * @param idleSeconds how long a client may be silent within a request
   */
  public record Limits(
      long request, int held, DocumentLimits document, long attachment, int idleSeconds) {}

  @Override
  public String toString() {
    return "Settings[" + data + ", " + bind + ":" + port + "]"; // never the password
  }
}
