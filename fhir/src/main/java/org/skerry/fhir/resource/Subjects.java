package org.skerry.fhir.resource;

import java.util.List;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.fhir.resource.Members.Member;

/** Whom a resource is about, as far as it says so at its top: one look over its members. */
public final class Subjects {
  /** What R4's resources call the patient they are about. */
  private static final List<String> MEMBERS = List.of("subject", "patient", "beneficiary");

  private static final String PATIENT = "Patient/";

  private Subjects() {}

  /** The reference to a patient, without a version; nothing when it is about nobody. */
  public static Optional<String> of(Body body) {
    try {
      return of(Members.of(body.json()));
    } catch (BadDocumentException e) {
      return Optional.empty();
    }
  }

  static Optional<String> of(Members members) {
    for (Member member : members.list()) {
      if (MEMBERS.contains(member.name()) && members.json()[member.valueStart()] == '{') {
        Optional<String> reference = Members.of(members.value(member)).text("reference");
        if (reference.filter(text -> text.startsWith(PATIENT)).isPresent()) {
          return reference.map(Subjects::withoutVersion);
        }
      }
    }
    return Optional.empty();
  }

  private static String withoutVersion(String reference) {
    int version = reference.indexOf("/_history/");
    return version < 0 ? reference : reference.substring(0, version);
  }
}
