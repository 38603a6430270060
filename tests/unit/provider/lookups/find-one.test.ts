import { GraphError } from "../../../../provider/src/graph/errors";
import { findOne } from "../../../../provider/src/lookups/find-one";
import { LookupError } from "../../../../provider/src/lookups/lookup-error";
import { mobileApps } from "../../../../provider/src/lookups/mobile-app";
import { byName, listing, type List } from "./fake-graph";

const APPS = "/deviceAppManagement/mobileApps";

const app = (id: string, displayName: string, type = "win32LobApp") => ({
  "@odata.type": `#microsoft.graph.${type}`,
  id,
  displayName,
});

const SEVERAL = [
  app("1", "Company Portal", "winGetApp"),
  app("2", "Company Portal (preview)"),
  app("3", "7-Zip 24.09"),
  app("4", "Twice"),
  app("5", "Twice", "iosStoreApp"),
];

function tenant(list: List = byName(SEVERAL, "displayName")) {
  const { graph, read } = listing({ [APPS]: list });
  return { read, find: (name: string) => findOne(graph, mobileApps, name) };
}

/** The message of the error, line by line. */
async function refused(answer: Promise<unknown>): Promise<string[]> {
  const error: unknown = await answer.then(
    (found) => new Error(`found ${JSON.stringify(found)}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LookupError);
  return (error as LookupError).message.split("\n");
}

test("the object of exactly that name is found with one request", async () => {
  const { find, read } = tenant();
  expect(await find("Company Portal")).toMatchObject({ id: "1", displayName: "Company Portal" });
  expect(read).toEqual([`${APPS} displayName eq 'Company Portal'`]);
});

test("a longer name is never taken for it, and is listed as similar", async () => {
  expect(await refused(tenant().find("Company Porta"))).toEqual([
    'getMobileApp: there is no mobile app named "Company Porta".',
    "  Similar names, of which none is taken for it:",
    '  "Company Portal" (winGetApp, id 1)',
    '  "Company Portal (preview)" (win32LobApp, id 2)',
    "  The whole name counts, upper and lower case too. Or write the id instead: in appIds of a DevicePreparationPolicy.",
  ]);
});

test("a name in other case is never taken for it, and is listed without another request", async () => {
  const { find, read } = tenant();
  expect(await refused(find("company portal"))).toContain('  "Company Portal" (winGetApp, id 1)');
  expect(read).toHaveLength(1);
});

test("two objects of the name are an error that lists both", async () => {
  expect(await refused(tenant().find("Twice"))).toEqual([
    'getMobileApp: 2 objects are named "Twice":',
    "  4 (win32LobApp)",
    "  5 (iosStoreApp)",
    "  Write the id of the right one instead: in appIds of a DevicePreparationPolicy.",
  ]);
});

test("objects of the name in other case make it no less unique", async () => {
  const { find } = tenant(byName([app("1", "Teams"), app("2", "TEAMS")], "displayName"));
  expect(await find("TEAMS")).toMatchObject({ id: "2" });
});

test("without similar names there is a hint", async () => {
  expect(await refused(tenant().find("Zoom"))).toEqual([
    'getMobileApp: there is no mobile app named "Zoom".',
    "  Compare it with the name in the admin center.",
    "  The whole name counts, upper and lower case too. Or write the id instead: in appIds of a DevicePreparationPolicy.",
  ]);
});

test("a query for similar names that fails changes nothing", async () => {
  const { find } = tenant((filter) => {
    if (!filter.startsWith("startswith")) return [];
    throw new GraphError({ method: "GET", path: APPS, status: 400, code: "c", message: "m" });
  });
  expect(await refused(find("Zoom"))).toContain("  Compare it with the name in the admin center.");
});

test("an endpoint that ignores the filter changes nothing", async () => {
  const { find } = tenant(() => SEVERAL);
  expect(await find("7-Zip 24.09")).toMatchObject({ id: "3" });
  expect(await refused(find("7-Zip 23.01"))).toContain('  "7-Zip 24.09" (win32LobApp, id 3)');
  expect(await refused(find("Zoom"))).toContain("  Compare it with the name in the admin center.");
});

test("of many similar names the closest five are shown", async () => {
  const many = Array.from({ length: 9 }, (_, at) => app(String(at), `Fonts ${at}`));
  const lines = await refused(tenant(byName(many, "displayName")).find("Fonts 7b"));
  expect(lines[2]).toBe('  "Fonts 7" (win32LobApp, id 7)');
  expect(lines.filter((line) => line.includes(", id "))).toHaveLength(5);
});

test.each(["O'Brien's & Sons #1 + 50%", "Größe – „neu“ 🚀", "a/b?c=d"])(
  "every character of a name is looked for as it stands: %s",
  async (name) => {
    const { find, read } = tenant(byName([app("1", name)], "displayName"));
    expect(await find(name)).toMatchObject({ id: "1" });
    expect(read).toEqual([`${APPS} displayName eq '${name.replaceAll("'", "''")}'`]);
  },
);

test("a similar name is looked for by whole characters", async () => {
  const { find, read } = tenant();
  await refused(find("🚀🚀🚀🚀"));
  expect(read[1]).toBe(`${APPS} startswith(displayName,'🚀🚀🚀')`);
});

test("a refusal of the list itself is no empty answer", async () => {
  const error = new GraphError({ method: "GET", path: APPS, status: 403, code: "c", message: "m" });
  const { find } = tenant(() => {
    throw error;
  });
  await expect(find("Zoom")).rejects.toBe(error);
});
