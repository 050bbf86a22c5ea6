package org.skerry.exchange;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.provider.HashMapResourceProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A FHIR server of others, without feeds: HAPI's plain server over memory, which numbers versions,
 * and heeds {@code If-Match}.
 */
final class HapiServer implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final Versioned<Patient> patients = new Versioned<>(Patient.class);
  private final Map<String, Versioned<?>> providers = new TreeMap<>();

  /** Whether this request fails as a broken line would. */
  private volatile BooleanSupplier broken = () -> false;

  HapiServer(boolean paging) throws Exception {
    this(paging, List.of());
  }

  /** Also of these types. */
  HapiServer(boolean paging, List<String> types) throws Exception {
    RestfulServer servlet = new RestfulServer(FHIR);
    providers.put("Patient", patients);
    types.forEach(type -> providers.computeIfAbsent(type, HapiServer::provider));
    servlet.setResourceProviders(List.copyOf(providers.values()));
    if (paging) {
      servlet.setPagingProvider(new FifoMemoryPagingProvider(10));
    }
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(servlet), "/fhir/*");
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Wrapper(context) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            if (broken.getAsBoolean()) {
              Response.writeError(request, response, callback, 503);
              return true;
            }
            return super.handle(request, response, callback);
          }
        });
    server.start();
  }

  private static Versioned<?> provider(String type) {
    return new Versioned<>(FHIR.getResourceDefinition(type).getImplementingClass());
  }

  void breaks(BooleanSupplier when) {
    broken = when;
  }

  /** Keeps a resource, as a user of that server would. */
  void put(String json) {
    IBaseResource resource = FHIR.newJsonParser().parseResource(json);
    store(providers.get(resource.fhirType()), resource);
  }

  @SuppressWarnings("unchecked")
  private static <T extends IBaseResource> void store(Versioned<T> provider, IBaseResource one) {
    provider.store((T) one);
  }

  /** What it has, by type and id, without versions and times. */
  Map<String, JsonNode> contents() {
    Map<String, JsonNode> found = new HashMap<>();
    IParser parser = FHIR.newJsonParser();
    providers
        .values()
        .forEach(
            provider ->
                provider
                    .live()
                    .forEach(
                        one -> {
                          ObjectNode json =
                              (ObjectNode) MAPPER.readTree(parser.encodeResourceToString(one));
                          json.remove("meta");
                          found.put(one.fhirType() + "/" + one.getIdElement().getIdPart(), json);
                        }));
    return found;
  }

  /** How many versions were ever written. */
  long versions() {
    return providers.values().stream().mapToLong(Versioned::versions).sum();
  }

  String base() {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/fhir";
  }

  /** Creates or changes a patient, as a user of that server would. */
  void put(String id, String family) {
    Patient patient = new Patient();
    patient.setId(id);
    patient.addName().setFamily(family);
    patients.store(patient);
  }

  void delete(String id) {
    Patient patient = new Patient();
    patient.setId(id);
    patients.delete(patient.getIdElement(), null);
  }

  List<Patient> all() {
    return patients.live();
  }

  String family(String id) {
    return all().stream()
        .filter(patient -> patient.getIdElement().getIdPart().equals(id))
        .map(patient -> patient.getNameFirstRep().getFamily())
        .findFirst()
        .orElse("");
  }

  /** HAPI hands {@code If-Match} on as the version of the resource's id. */
  static final class Versioned<T extends IBaseResource> extends HashMapResourceProvider<T> {
    Versioned(Class<T> type) {
      super(FHIR, type);
    }

    /** Without those that were deleted. */
    List<T> live() {
      return getAllResources();
    }

    long versions() {
      return myIdToVersionToResourceMap.values().stream().mapToLong(Map::size).sum();
    }

    @Override
    @Update
    public synchronized MethodOutcome update(
        @ResourceParam T resource, @ConditionalUrlParam String condition, RequestDetails request) {
      String wanted = request.getHeader("If-Match");
      String id = resource.getIdElement().getIdPart();
      var versions = myIdToVersionToResourceMap.get(id);
      if (wanted != null
          && (versions == null || !wanted.equals("W/\"" + versions.lastKey() + "\""))) {
        throw new PreconditionFailedException("another version is here");
      }
      return super.update(resource, condition, request);
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
