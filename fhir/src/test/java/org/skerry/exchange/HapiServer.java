package org.skerry.exchange;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.provider.HashMapResourceProvider;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hl7.fhir.r4.model.Patient;

/**
 * A FHIR server of others, without feeds: HAPI's plain server over memory, which numbers versions,
 * and heeds {@code If-Match}.
 */
final class HapiServer implements AutoCloseable {
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final Patients patients = new Patients();

  HapiServer(boolean paging) throws Exception {
    RestfulServer servlet = new RestfulServer(FHIR);
    servlet.setResourceProviders(patients);
    if (paging) {
      servlet.setPagingProvider(new FifoMemoryPagingProvider(10));
    }
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(servlet), "/fhir/*");
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
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
  static final class Patients extends HashMapResourceProvider<Patient> {
    Patients() {
      super(FHIR, Patient.class);
    }

    /** Without those that were deleted. */
    List<Patient> live() {
      return getAllResources();
    }

    @Override
    @Update
    public synchronized MethodOutcome update(
        @ResourceParam Patient patient,
        @ConditionalUrlParam String condition,
        RequestDetails request) {
      String wanted = request.getHeader("If-Match");
      String id = patient.getIdElement().getIdPart();
      var versions = myIdToVersionToResourceMap.get(id);
      if (wanted != null
          && (versions == null || !wanted.equals("W/\"" + versions.lastKey() + "\""))) {
        throw new PreconditionFailedException("another version is here");
      }
      return super.update(patient, condition, request);
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
