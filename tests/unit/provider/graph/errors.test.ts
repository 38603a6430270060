import {
  GraphError,
  isGone,
  isNotYetVisible,
  NoAnswer,
  type Refusal,
  refusalOf,
  secondsOf,
} from "../../../../provider/src/graph/errors";

const none = new Headers();

function refused(status: number, body: unknown, headers = none): GraphError {
  const refusal = refusalOf("PATCH", "/things/1?$select=id", status, body, headers);
  if (refusal === undefined) throw new Error("no refusal");
  return new GraphError(refusal);
}

const refusal: Refusal = { method: "GET", path: "/x", status: 404, code: "c", message: "m" };
const error = (status: number, message = "m") => new GraphError({ ...refusal, status, message });

describe("a recorded body", () => {
  test("with JSON inside its message becomes a sentence", () => {
    const found = refused(500, {
      error: {
        code: "InternalError",
        message:
          '{\r\n  "_version": 3,\r\n  "Message": "An error has occurred - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 13c105e8-27d7-40dc-9d66-87369338926f - Url: https://fef.amsua0502.manage.microsoft.com/DeviceFE/x",\r\n  "CustomApiErrorPhrase": "",\r\n  "RetryAfter": null,\r\n  "ErrorSourceService": "",\r\n  "HttpHeaders": "{}"\r\n}',
        innerError: { "request-id": "aaaa", "client-request-id": "bbbb" },
      },
    });
    expect(found).toMatchObject({
      message: "An error has occurred (500 InternalError)",
      activityId: "13c105e8-27d7-40dc-9d66-87369338926f",
      requestId: "aaaa",
    });
  });

  test("with a plain message loses ids and address", () => {
    const found = refused(500, {
      error: {
        code: "InternalError",
        message:
          "An internal server error has occurred - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 83cf2637-fd85-48da-a7bf-3fd1797d3c93 - Url: https://fef.amsub0102.manage.microsoft.com/x?api-version=5017-09-19 - CustomApiErrorPhrase: ",
      },
    });
    expect(found.message).toBe("An internal server error has occurred (500 InternalError)");
    expect(found.activityId).toBe("83cf2637-fd85-48da-a7bf-3fd1797d3c93");
  });

  test("of 2017, with less JSON inside, is read as well", () => {
    const found = refused(500, {
      error: {
        code: "UnknownError",
        message:
          '{"Message":"An internal server error has occurred - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 7d5225ad-4733-4c8b-be6b-478fabb6f553 - Url: https://fef.msub03.manage.microsoft.com/x - CustomApiErrorPhrase: "}',
      },
    });
    expect(found.message).toBe("An internal server error has occurred (500 UnknownError)");
  });

  test("without a route keeps the sentence as its code", () => {
    const found = refused(400, {
      error: {
        code: "No method match route template",
        message: "No OData route exists that match template ~/singleton with http verb PATCH.",
        innerError: { "request-id": "2c5f24d7" },
      },
    });
    expect(found).toMatchObject({ code: "No method match route template", requestId: "2c5f24d7" });
  });

  test.each([
    [
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      "The service principal cannot be created, updated, or restored because the service principal name f1346770-5b25-470b-88bd-d5744ab7952c is already in use.",
    ],
    [403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."],
  ])("of status %d keeps its message", (status, code, message) => {
    expect(refused(status, { error: { code, message } }).message).toBe(
      `${message} (${status} ${code})`,
    );
  });
});

describe("a body", () => {
  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "Not Found"],
    ["a list", []],
    ["an object without error", { message: "Not Found" }],
    ["an error of null", { error: null }],
    ["an error that is a text", { error: "invalid_grant" }],
  ])("that is %s is not the service's", (_fact, body) => {
    expect(refusalOf("GET", "/x", 404, body, none)).toBeUndefined();
  });

  test.each<[string, object]>([
    ["an empty message", { code: "c", message: "" }],
    ["no message", { code: "c" }],
    ["a message that is no text", { code: "c", message: { value: "x" } }],
  ])("with %s says so", (_fact, body) => {
    expect(refused(400, { error: body }).message).toBe("The service gave no reason. (400 c)");
  });

  test.each<[string, object]>([
    ["no code", {}],
    ["an empty code", { code: "" }],
    ["a code that is no text", { code: 5 }],
  ])("with %s has the code unknown", (_fact, body) => {
    expect(refused(400, { error: body }).code).toBe("unknown");
  });

  test("that begins like JSON and is none keeps its message", () => {
    expect(refused(400, { error: { code: "c", message: "{oops" } }).message).toBe("{oops (400 c)");
  });

  test("may spell innererror in lower case", () => {
    const body = { error: { code: "c", message: "m", innererror: { "request-id": "r" } } };
    expect(refused(400, body).requestId).toBe("r");
  });

  test("gives way to the request id of the headers", () => {
    const body = { error: { code: "c", message: "m", innerError: { "request-id": "body" } } };
    expect(refused(400, body, new Headers({ "request-id": "header" })).requestId).toBe("header");
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");

  test.each<[string, string, number | undefined]>([
    ["a number of seconds", "17", 17],
    ["a fraction", "1.5", 1.5],
    ["spaces around a number", " 5 ", 5],
    ["zero", "0", 0],
    ["a date to come", "Fri, 20 Nov 2026 12:00:30 GMT", 30],
    ["a date that has passed", "Fri, 20 Nov 2026 11:00:00 GMT", 0],
    ["nonsense", "soon", undefined],
    ["nothing", "", undefined],
  ])("takes %s", (_fact, text, seconds) => {
    expect(secondsOf(text, now)).toBe(seconds);
  });

  test("is part of the error", () => {
    const body = { error: { code: "TooManyRequests", message: "m" } };
    expect(refused(429, body, new Headers({ "Retry-After": "17" })).retryAfterSeconds).toBe(17);
  });

  test("is absent where the service names none", () => {
    const body = { error: { code: "TooManyRequests", message: "m" } };
    expect(refused(429, body).retryAfterSeconds).toBeUndefined();
  });
});

describe("gone is", () => {
  test("the service's 404", () => {
    expect(isGone(error(404))).toBe(true);
  });

  test("Intune's 400 with the code of a missing object", () => {
    expect(isGone(new GraphError({ ...refusal, status: 400, code: "ResourceNotFound" }))).toBe(
      true,
    );
  });

  test.each<[string, unknown]>([
    ["another status", error(410)],
    ["another 400", error(400)],
    [
      "the code with another status",
      new GraphError({ ...refusal, status: 403, code: "ResourceNotFound" }),
    ],
    ["a status that forbids", error(403)],
    ["an answer that is not the service's", new NoAnswer("GET", "/x", "status 404 with a page")],
    ["some object of status 404", { status: 404 }],
    ["an error of status 404", Object.assign(new Error("x"), { status: 404 })],
    ["nothing", undefined],
  ])("not %s", (_fact, value) => {
    expect(isGone(value)).toBe(false);
  });
});

describe("not visible yet is", () => {
  const reference =
    "Resource 'x' does not exist or one of its queried reference-property objects are not present.";

  test.each<[string, unknown, boolean]>([
    ["the service's 404", error(404), true],
    ["a reference that is missing", error(400, reference), true],
    ["not another 400", error(400, "Invalid value"), false],
    ["not the same text with another status", error(403, reference), false],
    ["not a lost answer", new NoAnswer("GET", "/x", reference), false],
  ])("%s", (_fact, value, visible) => {
    expect(isNotYetVisible(value)).toBe(visible);
  });
});

describe("the advice", () => {
  test("ends with request, ids and no query", () => {
    const { advice } = new GraphError({
      ...refusal,
      status: 400,
      path: "/groups?$filter=x",
      requestId: "r",
      activityId: "a",
    });
    expect(advice).toEqual(["GET /groups, request id r, activity id a"]);
  });

  test.each([
    [401, "Sign in again"],
    [403, "lacks a permission"],
    [429, "throttled"],
  ])("for %d says what to do first", (status, text) => {
    expect(error(status).advice[0]).toContain(text);
  });

  test("for a lost answer names the request", () => {
    expect(new NoAnswer("POST", "/groups?x=1", "the network").advice).toEqual(["POST /groups"]);
  });
});
