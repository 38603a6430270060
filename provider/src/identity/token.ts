import { readFile } from "node:fs/promises";
import type { AccessToken, TokenCredential } from "@azure/identity";
import type { Connection, CredentialChoice } from "./connection";

/** A token is renewed when it has less than this left, in milliseconds. */
const MARGIN = 5 * 60_000;

/** The audience that Entra ID wants in the assertions of other identity providers. */
const ASSERTION_AUDIENCE = "api://AzureADTokenExchange";

/**
 * Gives tokens for the connection's endpoint: one request for all who ask at the same time, a new one before the old
 * one ends. `@azure/identity` is loaded with the first token, not before.
 */
export function tokenSource({ endpoint, cloud, credential }: Connection): () => Promise<string> {
  if (credential.kind === "sandbox") return () => Promise.resolve("sandbox");
  if (credential.kind === "accessToken") return () => Promise.resolve(credential.token);
  let current: Promise<AccessToken> | undefined;
  let source: Promise<TokenCredential> | undefined;

  const request = async (): Promise<AccessToken> => {
    source ??= build(credential, cloud.authority).catch((error: unknown) => {
      source = undefined;
      throw error;
    });
    const token = await (await source).getToken(`${endpoint}/.default`);
    if (token === null) throw new Error(`the credential "${credential.kind}" gave no token.`);
    return token;
  };

  return async () => {
    const before = current;
    const token = await before?.catch(() => undefined);
    if (token !== undefined && token.expiresOnTimestamp - Date.now() > MARGIN) return token.token;
    // Whoever is first asks anew; the others wait for the same answer.
    if (current === before || current === undefined) current = request();
    return (await current).token;
  };
}

async function build(choice: CredentialChoice, authorityHost: string): Promise<TokenCredential> {
  const azure = await import("@azure/identity");
  const options = { authorityHost };
  switch (choice.kind) {
    case "githubOidc":
      return new azure.ClientAssertionCredential(
        choice.tenantId,
        choice.clientId,
        () => githubAssertion(choice),
        options,
      );
    case "azurePipelines":
      return new azure.AzurePipelinesCredential(
        choice.tenantId,
        choice.clientId,
        choice.serviceConnectionId,
        choice.accessToken,
        options,
      );
    case "oidcToken":
      return new azure.ClientAssertionCredential(
        choice.tenantId,
        choice.clientId,
        () => valueOrFile(choice.token, choice.tokenFile),
        options,
      );
    case "workloadIdentity":
      return new azure.WorkloadIdentityCredential({
        ...options,
        tenantId: choice.tenantId,
        clientId: choice.clientId,
        tokenFilePath: choice.tokenFile,
      });
    case "certificate": {
      const { tenantId, clientId, file, base64, password } = choice;
      const secret = password === undefined ? {} : { certificatePassword: password };
      const make = azure.ClientCertificateCredential;
      if (file !== undefined) {
        return new make(tenantId, clientId, { certificatePath: file, ...secret }, options);
      }
      const certificate = Buffer.from(base64 ?? "", "base64").toString("utf8");
      return new make(tenantId, clientId, { certificate, ...secret }, options);
    }
    case "secret":
      return new azure.ClientSecretCredential(
        choice.tenantId,
        choice.clientId,
        await valueOrFile(choice.secret, choice.secretFile),
        options,
      );
    case "managedIdentity":
      return choice.clientId === undefined
        ? new azure.ManagedIdentityCredential()
        : new azure.ManagedIdentityCredential({ clientId: choice.clientId });
    case "azureCli":
      return new azure.AzureCliCredential(
        choice.tenantId === undefined ? {} : { tenantId: choice.tenantId },
      );
    case "sandbox":
    case "accessToken":
      throw new Error(`${choice.kind} needs no sign-in`);
  }
}

/** GitHub's tokens live minutes, so each sign-in asks for a fresh one. */
async function githubAssertion({
  requestUrl,
  requestToken,
}: {
  requestUrl: string;
  requestToken: string;
}): Promise<string> {
  const url = new URL(requestUrl);
  url.searchParams.set("audience", ASSERTION_AUDIENCE);
  const response = await fetch(url, {
    headers: { Authorization: `Bearer ${requestToken}`, Accept: "application/json" },
    redirect: "error",
  });
  if (!response.ok) throw new Error(`GitHub gave no id token (status ${response.status}).`);
  const { value } = (await response.json()) as { value?: unknown };
  if (typeof value !== "string") throw new Error("GitHub's answer holds no id token.");
  return value;
}

async function valueOrFile(value: string | undefined, file: string | undefined): Promise<string> {
  return value ?? (await readFile(file ?? "", "utf8")).trim();
}
