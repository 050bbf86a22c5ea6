package org.skerry.server.console;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/**
 * The screens on which pages are looked at: two that differ in width and in colours, or with {@code
 * -Dskerry.looks=all} all four and with pictures, which takes twice as long and finds hardly more.
 */
enum Look {
  WIDE_LIGHT(1280, 800, ColorScheme.LIGHT),
  WIDE_DARK(1280, 800, ColorScheme.DARK),
  NARROW_LIGHT(390, 844, ColorScheme.LIGHT),
  NARROW_DARK(390, 844, ColorScheme.DARK);

  private final int width;
  private final int height;
  private final ColorScheme scheme;

  Look(int width, int height, ColorScheme scheme) {
    this.width = width;
    this.height = height;
    this.scheme = scheme;
  }

  /** Those that this run looks at. */
  static List<Look> chosen() {
    return arePicturesWanted() ? List.of(values()) : List.of(WIDE_LIGHT, NARROW_DARK);
  }

  /**
   * Whether contrast is looked at on this screen as well. Each state shows it to axe in one of its
   * two screens, by its name, so that about as many do in light colours as in dark ones; in all
   * four when all are asked for.
   *
   * @param state the name of what the page shows
   */
  boolean showsContrastOf(String state) {
    List<Look> chosen = chosen();
    return arePicturesWanted()
        || this == chosen.get(Math.floorMod(state.hashCode(), chosen.size()));
  }

  /** Whether somebody will look at pictures of the pages: they take as long as all the rest. */
  static boolean arePicturesWanted() {
    return System.getProperty("skerry.looks", "").equals("all");
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  ColorScheme scheme() {
    return scheme;
  }
}
