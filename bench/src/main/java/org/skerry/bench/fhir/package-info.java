/** What FHIR searches cost: queries of each shape over 100,000 resources. */
@NullMarked
package org.skerry.bench.fhir;

import org.jspecify.annotations.NullMarked;
