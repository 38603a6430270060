/** What can go wrong with a request, as data for the sandbox tenant. */
import type { FaultAction } from "pulumi-autopilot-sandbox";

const intune = (message: string) => ({
  error: {
    code: "InternalError",
    message: JSON.stringify({
      _version: 3,
      Message: `${message} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 13c105e8-27d7-40dc-9d66-87369338926f - Url: https://fef.example.invalid/`,
      CustomApiErrorPhrase: "",
      RetryAfter: null,
      ErrorSourceService: "",
      HttpHeaders: "{}",
    }),
    innerError: { "request-id": "13c105e8-27d7-40dc-9d66-87369338926f" },
  },
});

const standard = (code: string, message: string) => ({ error: { code, message, innerError: {} } });
const inAnHour = new Date(Date.now() - 1000).toUTCString();

export interface NamedFault {
  action: FaultAction;
  /** Whether the operation may fail for it; else it must succeed in spite of it. */
  mayFail: boolean;
}

export const FAULTS: Readonly<Record<string, NamedFault>> = {
  "429, seconds": { action: { status: 429, headers: { "Retry-After": "1" } }, mayFail: false },
  "429, date": { action: { status: 429, headers: { "Retry-After": inAnHour } }, mayFail: false },
  "429, 0": { action: { status: 429, headers: { "Retry-After": "0" } }, mayFail: false },
  "429, no header": { action: { status: 429 }, mayFail: false },
  "500": { action: { status: 500, body: intune("An error has occurred") }, mayFail: true },
  "502 with a page": { action: { status: 502, body: "<html>Bad gateway</html>" }, mayFail: true },
  "503": { action: { status: 503 }, mayFail: false },
  "504": { action: { status: 504 }, mayFail: true },
  "401": {
    action: {
      status: 401,
      body: standard("InvalidAuthenticationToken", "Access token has expired."),
    },
    mayFail: true,
  },
  "403": {
    action: {
      status: 403,
      body: standard(
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
      ),
    },
    mayFail: true,
  },
  "404 by replication": {
    action: {
      status: 404,
      body: standard(
        "Request_ResourceNotFound",
        "Resource does not exist or one of its queried reference-property objects are not present.",
      ),
    },
    mayFail: true,
  },
  "409": {
    action: {
      status: 409,
      body: standard("Request_Conflict", "A conflicting object is being changed."),
    },
    mayFail: true,
  },
  "400 reference not present": {
    action: {
      status: 400,
      body: standard(
        "Request_BadRequest",
        "Resource does not exist or one of its queried reference-property objects are not present.",
      ),
    },
    mayFail: true,
  },
  "cut before": { action: { reset: "before" }, mayFail: true },
  "cut after (lost answer)": { action: { reset: "after" }, mayFail: true },
  "truncated body": { action: { truncate: true }, mayFail: true },
  "page of a proxy": {
    action: { status: 200, body: "<html>Sign in to the network</html>" },
    mayFail: true,
  },
};
