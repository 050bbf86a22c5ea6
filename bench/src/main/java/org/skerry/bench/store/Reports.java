package org.skerry.bench.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Deterministic health worker's reports of about 1 KB, with random 32-digit ids: the same kind of
 * document as the whole-server benchmark writes.
 */
final class Reports {
  private static final String[] FIRST = {
    "Amina", "Joseph", "Grace", "Moses", "Sita", "Ram", "Fatuma", "Peter", "Esther", "Élise",
    "Nguyễn", "José"
  };
  private static final String[] LAST = {
    "Otieno", "Wanjiru", "Tamang", "Diallo", "Okello", "Kamau", "Gurung", "Mensah", "Traoré",
    "Nakato", "Núñez"
  };
  private static final String[] SYMPTOMS = {
    "fever",
    "cough",
    "diarrhoea",
    "vomiting",
    "fast breathing",
    "headache",
    "rash",
    "chest indrawing"
  };
  private static final String[] DRUGS = {
    "ORS sachet",
    "Artemether/lumefantrine 20/120",
    "Amoxicillin 250 mg DT",
    "Paracetamol 120 mg/5 ml",
    "Zinc sulfate 20 mg"
  };
  private static final String[] WORDS =
      ("patient seen at home mother reports symptoms since two days referred to facility for review"
           + " counselled on danger signs and hydration follow up visit planned next week no known"
           + " allergies child alert feeding well temperature measured axillary mtoto anaendelea"
           + " vizuri dawa zimetolewa बिरामीलाई सल्लाह दिइयो")
          .split(" ");

  private Reports() {}

  /** The id of report {@code n}: 32 hex digits, in no order. */
  static String id(int n) {
    SplittableRandom random = new SplittableRandom(n * 2_654_435_761L + 12_345);
    return hex(random, 32);
  }

  /** Sixteen bytes that stand for the hash of report {@code n}'s revision. */
  static byte[] hash(int n) {
    return HexFormat.of().parseHex(hex(new SplittableRandom(n * 7_919L), 32));
  }

  /** The JSON of report {@code n}, UTF-8. */
  static byte[] body(int n) {
    SplittableRandom r = new SplittableRandom(n * 40_503L + 7);
    String site = "site-%04d".formatted(n % 1_000);
    String json =
        """
        {"type":"report","form":"%s","form_version":"2.%d","site":"%s","district":"district-%d","facility":"facility-%d",\
        "patient_id":"p%07d","reported_at":"2024-%02d-%02dT%02d:%02d:%02d.000Z",\
        "reporter":{"id":"chw-%s-%d","name":"%s %s","phone":"+2547%08d","supervised":%b},\
        "patient":{"name":"%s %s","sex":"%s","age_months":%d,"pregnant":%b,"household":"hh-%s"},\
        "vitals":{"temp_c":%d.%d,"resp_rate":%d,"muac_mm":%d,"weight_kg":%d.%d,"spo2":null},\
        "symptoms":["%s","%s"],"danger_sign":%b,\
        "medications":[{"atc":"P01BF%02d","name":"%s","quantity":%d,"unit":"tablet","days":%d}],\
        "location":{"lat":-1.%05d,"lon":36.%05d,"accuracy_m":%d.%d},"notes":"%s","tags":["iccm","y2024"],"attempt":1}\
        """
            .formatted(
                pick(r, "assessment", "visit", "delivery", "referral"),
                r.nextInt(9),
                site,
                n % 20,
                n % 200,
                r.nextInt(20_000),
                1 + r.nextInt(12),
                1 + r.nextInt(28),
                r.nextInt(24),
                r.nextInt(60),
                r.nextInt(60),
                site,
                n % 7,
                pick(r, FIRST),
                pick(r, LAST),
                r.nextInt(100_000_000),
                r.nextBoolean(),
                pick(r, FIRST),
                pick(r, LAST),
                pick(r, "female", "male"),
                r.nextInt(720),
                r.nextInt(10) == 0,
                hex(r, 8),
                36 + r.nextInt(4),
                r.nextInt(10),
                16 + r.nextInt(40),
                100 + r.nextInt(80),
                r.nextInt(70),
                r.nextInt(10),
                pick(r, SYMPTOMS),
                pick(r, SYMPTOMS),
                r.nextInt(12) == 0,
                r.nextInt(10),
                pick(r, DRUGS),
                1 + r.nextInt(20),
                1 + r.nextInt(10),
                r.nextInt(100_000),
                r.nextInt(100_000),
                r.nextInt(50),
                r.nextInt(10),
                notes(r));
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String notes(SplittableRandom r) {
    return IntStream.range(0, 14 + r.nextInt(20))
        .mapToObj(i -> pick(r, WORDS))
        .collect(Collectors.joining(" "));
  }

  private static String pick(SplittableRandom r, String... from) {
    return from[r.nextInt(from.length)];
  }

  private static String hex(SplittableRandom r, int digits) {
    byte[] bytes = new byte[digits / 2];
    r.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
