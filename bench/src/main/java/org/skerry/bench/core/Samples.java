package org.skerry.bench.core;

import java.nio.charset.StandardCharsets;

/** Documents of the size that the benchmarks of the whole server use, too: about 1 KB of FHIR. */
final class Samples {
  private Samples() {}

  /** An observation as a laboratory sends it, with the underscore members of an update. */
  static byte[] observation() {
    return ("{\"_id\":\"Observation/5f2c1e0e-8a55-4a1c-9a53-0d9d6f9a3c11\","
                + "\"_rev\":\"3-7f1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e\","
                + "\"resourceType\":\"Observation\",\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"vital-signs\",\"display\":\"Vital"
                + " signs\"}]}],\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"85354-9\",\"display\":\"Blood"
                + " pressure panel with all children optional\"}],\"text\":\"Blood"
                + " pressure\"},\"subject\":{\"reference\":\"Patient/0f3b2a1c-77aa-4b2e-9a1c-5d2c7e8f9a0b\"},"
                + "\"encounter\":{\"reference\":\"Encounter/2b7d9c1e-1111-4c3d-8e9f-a0b1c2d3e4f5\"},"
                + "\"effectiveDateTime\":\"2019-05-14T09:21:44+02:00\",\"issued\":\"2019-05-14T09:21:44.123+02:00\","
                + "\"component\":[{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8480-6\",\"display\":\"Systolic"
                + " blood pressure\"}]},\"valueQuantity\":{\"value\":127.31,\"unit\":\"mm[Hg]\"}},"
                + "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8462-4\",\"display\":\"Diastolic"
                + " blood pressure\"}]},\"valueQuantity\":{\"value\":83.02,\"unit\":\"mm[Hg]\"}}]}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
