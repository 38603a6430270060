/**
 * What the sandbox answers when it refuses: one class that routes throw, and the words of the
 * service for the cases whose bodies are known. Messages that are our own start with "sandbox: ",
 * so that nobody takes them for the service's.
 */

/** One entry of `error.details`, as the directory gives for a property in the body. */
export interface FaultDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** More than status, code and message, where a case needs it. */
export interface FaultExtra {
  readonly details?: readonly FaultDetail[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Answered as it stands instead of the envelope (recorded bodies that have another shape). */
  readonly body?: unknown;
}

/** A refusal. Routes throw it, the server turns it into the error envelope. */
export class GraphFault extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly FaultDetail[] | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly body: unknown;

  constructor(status: number, code: string, message: string, extra: FaultExtra = {}) {
    super(message);
    this.name = "GraphFault";
    this.status = status;
    this.code = code;
    this.details = extra.details;
    this.headers = extra.headers;
    this.body = extra.body;
  }
}

/** The ids that go into the envelope and into the headers of the same answer. */
export interface AnswerIds {
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly date: Date;
}

/**
 * `{"error":{"code","message","details"?,"innerError":{"date","request-id","client-request-id"}}}`:
 * docs/graph-facts.md 8.3. The date in recorded bodies has no zone and no fraction.
 */
export function envelope(fault: GraphFault, ids: AnswerIds): unknown {
  if (fault.body !== undefined) return fault.body;
  return {
    error: {
      code: fault.code,
      message: fault.message,
      ...(fault.details === undefined ? {} : { details: fault.details }),
      innerError: {
        date: ids.date.toISOString().slice(0, 19),
        "request-id": ids.requestId,
        "client-request-id": ids.clientRequestId,
      },
    },
  };
}

/** 400 of the OData layer and of Intune: code `BadRequest`. */
export function badRequest(message: string, extra?: FaultExtra): GraphFault {
  return new GraphFault(400, "BadRequest", message, extra);
}

/** 400 of the directory: code `Request_BadRequest`. */
export function directoryBadRequest(message: string, property?: string): GraphFault {
  if (property === undefined) return new GraphFault(400, "Request_BadRequest", message);
  const details = [{ code: "InvalidValue", message, target: property }];
  return new GraphFault(400, "Request_BadRequest", message, { details });
}

/** 404 of the directory, in its words. */
export function notFound(id: string): GraphFault {
  return new GraphFault(404, "Request_ResourceNotFound", missing(id));
}

/** 400 for an object that is named in a body (`owners@odata.bind`, `$ref`) and isn't there. */
export function missingReference(id: string): GraphFault {
  return new GraphFault(400, "Request_ResourceNotFound", missing(id));
}

/** 400: a property that the type doesn't have, in a body. */
export function invalidProperty(name: string): GraphFault {
  return new GraphFault(400, "Request_BadRequest", `Invalid property '${name}'.`, {
    details: [{ code: "InvalidProperty", message: `Invalid property '${name}'.`, target: name }],
  });
}

/** 400: a property that the type doesn't have, in `$select`, `$filter` or `$orderby`. */
export function unknownQueryProperty(name: string, type: string): GraphFault {
  return badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`);
}

/** 400: a query that the directory can't answer. */
export function unsupportedQuery(message: string): GraphFault {
  return new GraphFault(400, "Request_UnsupportedQuery", message);
}

/** 400: a path that the version of the service doesn't have. */
export function unknownSegment(segment: string): GraphFault {
  return badRequest(`Resource not found for the segment '${segment}'.`);
}

/** 401, as for a missing or expired token. */
export function unauthenticated(message: string): GraphFault {
  return new GraphFault(401, "InvalidAuthenticationToken", message, {
    headers: {
      "WWW-Authenticate": 'Bearer realm="", authorization_uri="/common/oauth2/authorize"',
    },
  });
}

/** 403, recorded: docs/graph-facts.md 8.3, "service principal denied". */
export function denied(): GraphFault {
  return new GraphFault(
    403,
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation.",
  );
}

function missing(id: string): string {
  return `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
}
