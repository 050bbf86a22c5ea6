package org.skerry.fhir.search.extract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;

/**
 * Units of UCUM (http://unitsofmeasure.org) as base units, so that a gram is found by whoever asks
 * for milligrams. Loaded by the first quantity that has one. Any thread.
 */
public final class Units {
  /** UCUM, as a system of codes. */
  public static final String UCUM = "http://unitsofmeasure.org";

  private static final int MAX_CODE = 60;
  private static final int MOST_KNOWN = 5_000;

  /** Of what is converted so many digits count: more than any measurement has. */
  private static final MathContext DIGITS = new MathContext(18);

  private static final MathContext LONG = new MathContext(30);
  private static final BigDecimal LEAST = new BigDecimal("1E-60");
  private static final BigDecimal MOST = new BigDecimal("1E60");

  /**
   * Customary units, which are multiples of others. What else has brackets is arbitrary (an
   * international unit of something), and comparable with nothing but itself, or a logarithm.
   */
  private static final Pattern CUSTOMARY =
      Pattern.compile("\\[(lb_av|oz_av|in_i|ft_i|yd_i|mi_i|Hg|H2O|cal|Cal|gal_us|foz_us)\\]");

  /** Kelvins of temperatures, which the library does not convert: they have a zero elsewhere. */
  private static final Map<String, Canonical> TEMPERATURES =
      Map.of(
          "Cel", new Canonical("K", BigDecimal.ONE, new BigDecimal("273.15")),
          "[degF]",
              new Canonical(
                  "K",
                  BigDecimal.valueOf(5).divide(BigDecimal.valueOf(9), LONG),
                  new BigDecimal("459.67")
                      .multiply(BigDecimal.valueOf(5))
                      .divide(BigDecimal.valueOf(9), LONG)));

  private static final Map<String, Optional<Canonical>> KNOWN = new ConcurrentHashMap<>();

  private Units() {}

  /**
   * How a value becomes one of base units.
   *
   * @param unit the base units
   */
  public record Canonical(String unit, BigDecimal factor, BigDecimal offset) {
    /** A value in base units; what is beyond all bounds stays there. */
    public BigDecimal of(BigDecimal value) {
      return value.abs().compareTo(Decimals.HIGHEST) == 0
          ? value
          : value.multiply(factor).add(offset).round(DIGITS);
    }
  }

  private static final class Loaded {
    static final UcumEssenceService SERVICE = load();
  }

  private static UcumEssenceService load() {
    try (InputStream in = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
      return new UcumEssenceService(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UcumException e) {
      throw new IllegalStateException("the units of UCUM cannot be read", e);
    }
  }

  /** A unit's; nothing for what is no unit of UCUM, or comparable with no other. */
  public static Optional<Canonical> canonical(String code) {
    Optional<Canonical> known = KNOWN.get(code);
    if (known == null) {
      known = find(code);
      if (KNOWN.size() < MOST_KNOWN) {
        KNOWN.put(code, known);
      }
    }
    return known;
  }

  private static Optional<Canonical> find(String code) {
    Canonical temperature = TEMPERATURES.get(code);
    if (temperature != null) {
      return Optional.of(temperature);
    }
    boolean arbitrary = CUSTOMARY.matcher(code).replaceAll("").indexOf('[') >= 0;
    return code.isEmpty() || code.length() > MAX_CODE || arbitrary
        ? Optional.empty()
        : multiple(code);
  }

  /** What has no dimension (a score, a percentage) is compared by its code alone. */
  private static Optional<Canonical> multiple(String code) {
    try {
      Pair one;
      synchronized (Loaded.SERVICE) {
        one = Loaded.SERVICE.getCanonicalForm(new Pair(new Decimal("1", 24), code));
      }
      BigDecimal factor = new BigDecimal(one.getValue().asDecimal());
      boolean usable =
          !one.getCode().isEmpty() && factor.compareTo(LEAST) > 0 && factor.compareTo(MOST) < 0;
      return usable
          ? Optional.of(new Canonical(one.getCode(), factor, BigDecimal.ZERO))
          : Optional.empty();
    } catch (UcumException | RuntimeException e) {
      // The library tells of malformed codes by exceptions of many kinds.
      return Optional.empty();
    }
  }
}
