import { connection, ConfigurationError } from "../../../../provider/src/identity/connection";

type Strings = Record<string, string>;

const connect = (config: Strings, env: Strings = {}) => connection((key) => config[key], env);

function problems(config: Strings, env: Strings = {}): string[] {
  try {
    connect(config, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe("the cloud", () => {
  test.each([
    ["public", "https://graph.microsoft.com", "https://login.microsoftonline.com"],
    ["global", "https://graph.microsoft.com", "https://login.microsoftonline.com"],
    ["PUBLIC", "https://graph.microsoft.com", "https://login.microsoftonline.com"],
    ["usgovernment", "https://graph.microsoft.us", "https://login.microsoftonline.us"],
    ["usgovernmentl4", "https://graph.microsoft.us", "https://login.microsoftonline.us"],
    ["usgovernmentl5", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"],
    ["dod", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"],
    ["china", "https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn"],
  ])("%s is at %s", (ARM_ENVIRONMENT, endpoint, authority) => {
    const found = connect({}, { ARM_ENVIRONMENT });
    expect({ endpoint: found.endpoint, authority: found.cloud.authority }).toEqual({
      endpoint,
      authority,
    });
  });

  test.each(["germany", "constructor", "__proto__"])("%s does not exist", (ARM_ENVIRONMENT) => {
    expect(problems({}, { ARM_ENVIRONMENT })).toEqual([
      `autopilot:environment is "${ARM_ENVIRONMENT}"; it is one of public, usgovernment, usgovernmentl5, china.`,
    ]);
  });
});

describe("how long an operation may take", () => {
  test.each([
    [{}, 15],
    [{ "autopilot:operationMinutes": "0.5" }, 0.5],
    [{ "autopilot:operationMinutes": "1440" }, 1440],
  ])("%j is %d minutes", (config, minutes) => {
    expect(connect(config).operationMinutes).toBe(minutes);
  });

  test.each(["0", "-1", "1441", "soon", "NaN"])("%s is refused", (minutes) => {
    expect(problems({ "autopilot:operationMinutes": minutes })).toEqual([
      "autopilot:operationMinutes is a number of minutes, more than 0 and at most 1440.",
    ]);
  });
});

test.each([
  ["true", true],
  ["1", true],
  ["no", false],
])("look-ups are offline: %s", (AUTOPILOT_OFFLINE, offline) => {
  expect(connect({}, { AUTOPILOT_OFFLINE }).offline).toBe(offline);
});
