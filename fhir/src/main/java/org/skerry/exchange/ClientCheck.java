package org.skerry.exchange;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.ClientProvider;
import org.skerry.exchange.client.ClientSettings;
import org.skerry.exchange.client.Clients;
import org.skerry.fhir.resource.ResourceId;

/** Whether a partner's categories and clients go together. */
final class ClientCheck {
  private final Partner partner;
  private final List<String> problems;

  private ClientCheck(Partner partner, List<String> problems) {
    this.partner = partner;
    this.problems = problems;
  }

  static void problems(Partner partner, List<String> problems) {
    ClientCheck check = new ClientCheck(partner, problems);
    partner.clients().forEach(check::client);
    partner.pull().ifPresent(flow -> check.flow("pull", flow));
    partner.push().ifPresent(flow -> check.flow("push", flow));
  }

  private void client(String name, ClientSettings settings) {
    Optional<ClientProvider> provider = Clients.find(name);
    if (provider.isEmpty()) {
      problems.add("`clients." + name + "` is none of the clients here: " + Clients.names());
    }
    provider.stream()
        .flatMap(known -> known.problems(settings).stream())
        .forEach(problem -> problems.add("`clients." + name + "`: " + problem));
  }

  private void flow(String direction, Flow flow) {
    Set<String> categories = new HashSet<>();
    for (Subject subject : flow.subjects()) {
      String place = "`" + direction + "` of " + subject.category();
      boolean told = partner.clients().isEmpty() && subject.client().equals("fhir");
      if (!told && !partner.clients().containsKey(subject.client())) {
        problems.add(place + ": there is no `clients." + subject.client() + "` with its base");
      }
      if (subject.client().equals("fhir")
          && !subject.type().isEmpty()
          && ResourceId.parse(subject.type() + "/x").isEmpty()) {
        problems.add(place + ": `type` must be a type of resource such as Patient");
      }
      if (direction.equals("pull")
          && subject.client().equals("rest")
          && partner.feeds().isEmpty()) {
        problems.add(place + ": `feeds` is missing, and the client rest cannot list changes");
      }
      if (!categories.add(subject.category())) {
        problems.add(place + " stands there twice");
      }
    }
  }
}
