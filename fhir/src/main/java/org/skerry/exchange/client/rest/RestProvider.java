package org.skerry.exchange.client.rest;

import java.util.ArrayList;
import java.util.List;
import org.skerry.exchange.client.ClientProvider;
import org.skerry.exchange.client.ClientSettings;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.RecordClient;
import tools.jackson.databind.JsonNode;

/** OpenMRS's REST API. */
public final class RestProvider implements ClientProvider {
  @Override
  public String name() {
    return "rest";
  }

  /** {@code resources}: how the API calls types, where not by their own names. */
  @Override
  public List<String> problems(ClientSettings settings) {
    List<String> problems = new ArrayList<>();
    for (String member : settings.more().propertyNames()) {
      JsonNode value = settings.more().path(member);
      if (!member.equals("resources")) {
        problems.add("unknown member `" + member + "`");
      } else if (!value.isObject() || !value.valueStream().allMatch(RestClient::isResource)) {
        problems.add("`resources` must say for each type what the API calls it, as `obs`");
      }
    }
    return problems;
  }

  @Override
  public RecordClient open(Line line) {
    return new RestClient(line);
  }
}
