/**
 * What the service takes as a device name template, as its definition says it
 * (`enrollment_autopilot_dpp_devicerenametemplate`): letters, digits, hyphens and colons, at most one of `%SERIAL%` and
 * `%RAND:x%`, 63 characters with the x digits filled in, and never digits alone. Microsoft's documentation of device
 * association says 15 characters; the definition is what refuses.
 */
const LONGEST = 63;
const PLAIN = "[A-Za-z0-9:-]";

const withDigits = Array.from({ length: LONGEST }, (_, index) => {
  const macro = `%RAND:${index + 1}%`;
  const longest = LONGEST - (index + 1) + macro.length;
  return `(?=.{${Math.min(8, longest)},${longest}}$)${PLAIN}*${macro}${PLAIN}*`;
});

export const deviceNamePattern = new RegExp(
  [
    "^(?!\\d+$)(?!\\d*%RAND:\\d{1,2}%\\d*$)(?:",
    [
      `${PLAIN}{1,${LONGEST}}`,
      `(?=.{1,${LONGEST}}$)${PLAIN}*%SERIAL%${PLAIN}*`,
      ...withDigits,
    ].join("|"),
    ")$",
  ].join(""),
);
