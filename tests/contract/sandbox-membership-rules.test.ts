/** Who is in a dynamic group: the sandbox's own reading of the rules, over its own users. */
import { startSandbox, type Sandbox } from "pulumi-autopilot-sandbox";

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.close());

async function members(rule: string): Promise<string[]> {
  const created = await sandbox.graph("POST", "/v1.0/groups", {
    displayName: "Dynamic",
    mailEnabled: false,
    mailNickname: "dynamic",
    securityEnabled: true,
    groupTypes: ["DynamicMembership"],
    membershipRule: rule,
    membershipRuleProcessingState: "On",
  });
  const { id } = created.body as { id: string };
  const { body } = await sandbox.graph("GET", `/v1.0/groups/${id}/members?$select=id,displayName`);
  return (body as { value: { displayName: string }[] }).value.map((one) => one.displayName).sort();
}

const SALES = ["Dana Petrov", "Emil Lund", "Fatima Haddad"];

test.each<[string, string[]]>([
  ['(user.department -eq "Sales")', SALES],
  ['user.department -EQ "sales"', SALES],
  ['user.department eq "Sales"', SALES],
  ['(user.department -eq "Sales") and (user.accountEnabled -eq true)', SALES],
  ['(user.department -in ["Sales","Marketing"])', SALES],
  [
    '(user.department -startsWith "Sal") -and (user.givenName -ne "Dana")',
    ["Emil Lund", "Fatima Haddad"],
  ],
  [
    '(user.department -contains "ale") -and -not (user.givenName -eq "Emil")',
    ["Dana Petrov", "Fatima Haddad"],
  ],
  [
    '(user.mail -match "^dana\\..*@northwind") -or (user.givenName -eq "Emil")',
    ["Dana Petrov", "Emil Lund"],
  ],
  ['(user.department -notIn ["Sales"]) -and (user.department -eq "Sales")', []],
  ['(user.department -ne null) -and (user.department -eq "Sales")', SALES],
  ['(user.extensionAttribute1 -eq null) -and (user.department -eq "Sales")', SALES],
  ['(user.businessPhones -any (_ -startsWith "+49"))', []],
])("%s", async (rule, names) => {
  expect(await members(rule)).toEqual(names);
});
