package org.skerry.fhir.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.jspecify.annotations.Nullable;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.Issue.Severity;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.Json;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.store.StoredDocument;

/**
 * {@code $validate}: HAPI's validator, with R4's own profiles and code systems. It is made at the
 * first call, and costs tens of megabytes from then on.
 */
public final class Validate implements Interaction {
  /** What HAPI's validator needs grows faster than what it looks at. */
  private static final int MOST_BYTES = 1 << 20;

  /** Each holds its resource, and may have given up. */
  private static final int MOST_WAITING = 8;

  /**
   * One at a time, over all databases: it takes a core for long, and tens of megabytes. Not by a
   * request's own thread, since others could not have the core meanwhile.
   */
  private static final Executor ALONE = alone();

  private final boolean ofInstance;

  /** Volatile: made by the first call, used by all. */
  private volatile @Nullable FhirValidator validator;

  private Validate(boolean ofInstance) {
    this.ofInstance = ofInstance;
  }

  /** Of a resource that is sent. */
  public static Validate ofSent() {
    return new Validate(false);
  }

  /** Of the current version of a resource. */
  public static Validate ofInstance() {
    return new Validate(true);
  }

  @Override
  public void answer(Call call) throws IOException {
    byte[] json = ofInstance ? current(call) : sent(call);
    if (json.length > MOST_BYTES) {
      throw OutcomeException.of(
          413, "too-long", "A resource of more than " + MOST_BYTES + " bytes is not validated");
    }
    List<Issue> issues = new ArrayList<>();
    for (SingleValidationMessage message : messages(call.models().context(), json)) {
      issues.add(issue(message));
    }
    if (issues.isEmpty()) {
      issues.add(Issue.information("No issues"));
    }
    call.outcome(200, issues, List.of());
  }

  private List<SingleValidationMessage> messages(FhirContext context, byte[] json)
      throws IOException {
    String text = new String(json, StandardCharsets.UTF_8);
    try {
      return CompletableFuture.supplyAsync(
              () -> validator(context).validateWithResult(text).getMessages(), ALONE)
          .get();
    } catch (RejectedExecutionException e) {
      throw OutcomeException.of(
          503, "transient", "Too many resources wait to be validated: try again in a minute");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the validator failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node is stopping");
    }
  }

  private static byte[] current(Call call) {
    ResourceId id = call.resourceId();
    StoredDocument document =
        call.resources()
            .find(id)
            .filter(there -> !there.deleted())
            .orElseThrow(() -> Read.unknown(id));
    return ResourceText.of(id, document).json(call.base());
  }

  /** The resource itself, or the parameter {@code resource}. */
  private static byte[] sent(Call call) throws IOException {
    String type = call.type();
    byte[] json = call.readJson();
    Json object = Json.object(json);
    if (!object.text("resourceType").equals(Optional.of("Parameters"))
        || type.equals("Parameters")) {
      return json;
    }
    for (byte[] parameter : object.elements("parameter")) {
      Json one = Json.object(parameter);
      if (one.text("name").equals(Optional.of("resource"))) {
        return one.value("resource")
            .orElseThrow(() -> OutcomeException.invalid("The parameter resource has no resource"));
      }
    }
    throw OutcomeException.invalid("There is no parameter resource to validate");
  }

  private static Issue issue(SingleValidationMessage message) {
    ResultSeverityEnum severity = message.getSeverity();
    Severity level =
        severity == ResultSeverityEnum.ERROR || severity == ResultSeverityEnum.FATAL
            ? Severity.ERROR
            : severity == ResultSeverityEnum.WARNING ? Severity.WARNING : Severity.INFORMATION;
    return new Issue(
        level,
        level == Severity.INFORMATION ? "informational" : "processing",
        String.valueOf(message.getMessage()),
        Optional.ofNullable(message.getLocationString()));
  }

  private FhirValidator validator(FhirContext context) {
    FhirValidator made = validator;
    if (made == null) {
      synchronized (this) {
        made = validator;
        if (made == null) {
          made = make(context);
          validator = made;
        }
      }
    }
    return made;
  }

  private static Executor alone() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("validation").factory());
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  private static FhirValidator make(FhirContext context) {
    ValidationSupportChain support =
        new ValidationSupportChain(
            new DefaultProfileValidationSupport(context),
            new InMemoryTerminologyServerValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context));
    return context.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
  }
}
