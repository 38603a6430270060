/**
 * The languages of a device's first screens, in the numbering of the service's definition
 * (`enrollment_autopilot_dpp_language`, August 2026). `-` is a number that it leaves out. Number 176 is
 * Wolof there, under the tag of Yakut; 134 and 184 are both Lower Sorbian.
 */
const NUMBERED = `
  osDefault userSelect ar-AE ar-BH ar-DZ ar-EG ar-IQ ar-JO ar-KW ar-LB ar-LY ar-MA ar-OM ar-QA
  ar-SA ar-SY ar-TN ar-YE az-Cyrl-AZ az-Latn-AZ bn-BD bn-IN bs-Cyrl-BA bs-Latn-BA zh-CN zh-HK
  zh-MO zh-SG zh-TW hr-BA hr-HR nl-BE nl-NL en-AU en-BZ en-CA en-029 en-IE en-IN en-JM en-MY
  en-NZ en-PH en-SG en-TT en-GB en-US en-ZA en-ZW fr-BE fr-CA fr-CH fr-FR fr-LU fr-MC de-AT
  de-CH de-DE de-LI de-LU iu-Cans-CA iu-Latn-CA it-CH it-IT ms-BN ms-MY mn-Mong-CN mn-MN nb-NO
  nn-NO pt-BR pt-PT quz-BO quz-EC quz-PE smj-NO smj-SE se-FI se-NO se-SE sma-NO sma-SE smn-FI
  sms-FI af-ZA sq-AL gsw-FR am-ET hy-AM as-IN ba-RU eu-ES be-BY br-FR bg-BG ca-ES co-FR cs-CZ
  da-DK prs-AF dv-MV et-EE fo-FO fil-PH fi-FI fy-NL gl-ES ka-GE el-GR kl-GL gu-IN ha-Latn-NG
  he-IL hi-IN hu-HU is-IS ig-NG id-ID ga-IE xh-ZA zu-ZA ja-JP kn-IN kk-KZ km-KH qut-GT rw-RW
  sw-KE kok-IN ko-KR ky-KG lo-LA lv-LV lt-LT dsb-DE lb-LU mk-MK ml-IN mt-MT mi-NZ arn-CL mr-IN
  moh-CA ne-NP oc-FR or-IN ps-AF fa-IR pl-PL pa-IN ro-RO rm-CH ru-RU sa-IN nso-ZA - tn-ZA
  si-LK sk-SK sl-SI sv-SE syr-SY tg-Cyrl-TJ tzm-Latn-DZ ta-IN tt-RU te-IN th-TH bo-CN tr-TR
  tk-TM ug-CN uk-UA ur-PK vi-VN cy-GB wo-SN sah-RU ii-CN yo-NG sr-Cyrl-BA sr-Cyrl-RS
  sr-Latn-BA sr-Latn-RS dsb-DE wen-DE es-ES es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-GT
  es-HN es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-US es-UY es-VE sv-FI uz-Cyrl-UZ
  uz-Latn-UZ
`;

const languages: string[] = [];
for (const [number, tag] of NUMBERED.trim().split(/\s+/).entries()) {
  if (tag !== "-") languages[number] = tag;
}

/** By number; a number that is left out is a hole, so that no text is that language. */
export const LANGUAGES: readonly string[] = languages;
