// FHIR's codes for administrative gender (https://hl7.org/fhir/R4/valueset-administrative-gender.html) in words; another text stays as it is.

import { msg, t } from "../../core/language.js";

const WORDS = {
  female: msg("clinic.gender.female"),
  male: msg("clinic.gender.male"),
  other: msg("clinic.gender.other"),
  unknown: msg("clinic.gender.unknown"),
};

export const GENDERS = Object.keys(WORDS);

export const gender = (code) => (Object.hasOwn(WORDS, code) ? t(WORDS[code]) : code);
