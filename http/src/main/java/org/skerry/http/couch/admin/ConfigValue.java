package org.skerry.http.couch.admin;

import java.io.IOException;
import java.util.Optional;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.config.ConfigKey;
import org.skerry.config.Configuration;
import org.skerry.config.InvalidConfigException;
import org.skerry.config.Persistence;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.access.AdminDirectory;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One value, {@code /_node/{node}/_config/{section}/{key}}. Writing and deleting answer with the
 * value there was, {@code ""} for none; test set-ups put it back afterwards. A secret that there
 * was is shown as stars, and stars are refused as a value, so that nobody puts them back.
 */
final class ConfigValue {
  private static final JsonMapper JSON = JsonIn.builder(JsonIn.limited()).build();

  private final Configuration configuration;
  private final Administration administration;

  ConfigValue(Administration administration) {
    this.configuration = administration.configuration();
    this.administration = administration;
  }

  void read(Exchange exchange) throws IOException {
    ConfigKey key = key(exchange);
    answer(exchange, key, configuration.view().get(key).orElseThrow(ConfigValue::unknown));
  }

  void write(Exchange exchange) throws IOException {
    ConfigKey key = key(exchange);
    String value = value(exchange);
    if (key.isSecret() && Shown.isHidden(value)) {
      throw HttpProblem.badRequest("bad_request", "Secrets are not shown: give it anew");
    }
    try {
      Optional<String> old = configuration.put(key, value, persistence(exchange));
      boolean admin = key.section().equals(AdminDirectory.SECTION);
      note(exchange, key, admin ? AuditAction.ADMIN_CHANGED : AuditAction.CONFIG_CHANGED);
      answer(exchange, key, old.orElse(""));
    } catch (InvalidConfigException e) {
      throw refused(e);
    }
  }

  void delete(Exchange exchange) throws IOException {
    ConfigKey key = key(exchange);
    if (configuration.view().get(key).isEmpty()) {
      throw unknown();
    }
    try {
      Optional<String> old = configuration.remove(key, persistence(exchange));
      boolean admin = key.section().equals(AdminDirectory.SECTION);
      note(exchange, key, admin ? AuditAction.ADMIN_DELETED : AuditAction.CONFIG_DELETED);
      answer(exchange, key, old.orElse(""));
    } catch (InvalidConfigException e) {
      throw refused(e);
    }
  }

  private void note(Exchange exchange, ConfigKey key, AuditAction action) {
    boolean admin = key.section().equals(AdminDirectory.SECTION);
    AuditEvent event =
        new AuditEvent(action, Administration.actor(exchange), admin ? key.name() : key.toString());
    Optional<String> now = configuration.view().get(key).filter(value -> !key.isSecret());
    administration.audit().record(now.map(value -> event.with("value", value)).orElse(event));
  }

  /** As in CouchDB: whatever is not {@code false} is kept. */
  private static Persistence persistence(Exchange exchange) {
    return exchange.header("X-Couch-Persist").filter("false"::equals).isPresent()
        ? Persistence.UNTIL_RESTART
        : Persistence.KEPT;
  }

  private static ConfigKey key(Exchange exchange) {
    return new ConfigKey(exchange.variable("section"), exchange.variable("key"));
  }

  private static String value(Exchange exchange) throws IOException {
    JsonNode value;
    try {
      value = JSON.readTree(exchange.readBody());
    } catch (JacksonException e) {
      throw HttpProblem.brokenJson(e);
    }
    if (!value.isString()) {
      throw HttpProblem.badRequest("bad_request", "The value must be a JSON string");
    }
    return value.asString().strip();
  }

  private static void answer(Exchange exchange, ConfigKey key, String value) throws IOException {
    exchange.answer(JsonAnswer.of(200, out -> out.writeString(Shown.value(key, value))));
  }

  private static HttpProblem unknown() {
    return HttpProblem.notFound("unknown_config_value");
  }

  private static HttpProblem refused(InvalidConfigException e) {
    return HttpProblem.badRequest("bad_request", String.valueOf(e.getMessage()));
  }
}
