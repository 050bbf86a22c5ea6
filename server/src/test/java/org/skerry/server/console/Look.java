package org.skerry.server.console;

import com.microsoft.playwright.options.ColorScheme;

/** The screens on which every page is looked at. */
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
