import * as pulumi from "@pulumi/pulumi";
import { DeviceGroup, DevicePreparationPolicy, UserGroup } from "pulumi-autopilot";
import { id } from "../values";
import { type Declared, program, valueOf } from "./mocks";

let declared: Declared[];
const warn = jest.spyOn(pulumi.log, "warn");

beforeEach(async () => {
  warn.mockReset().mockResolvedValue(undefined);
  declared = await program();
});

const CLASSES = [
  { kind: "DeviceGroup", Resource: DeviceGroup },
  { kind: "UserGroup", Resource: UserGroup },
  { kind: "DevicePreparationPolicy", Resource: DevicePreparationPolicy },
];

describe.each(CLASSES)("$kind", ({ kind, Resource }) => {
  test("is declared by type, name, origin and the text of its provider", async () => {
    await valueOf(new Resource("thing", { description: "d" }).urn);
    expect(declared).toEqual([
      {
        type: `pulumi-nodejs:dynamic/autopilot:${kind}`,
        name: "thing",
        id: "",
        inputs: {
          displayName: "thing",
          description: "d",
          __origin: "acme/fleet/prod/thing",
          __provider: `exports.handler = () => require("pulumi-autopilot/runtime").v1("${kind}")`,
        },
      },
    ]);
  });

  test("can be declared by its name alone", async () => {
    await valueOf(new Resource("thing").urn);
    expect(declared[0]!.inputs).toMatchObject({ displayName: "thing" });
  });

  test("keeps a name that is given", async () => {
    await valueOf(new Resource("thing", { displayName: "Given" }).urn);
    expect(declared[0]!.inputs).toMatchObject({ displayName: "Given" });
  });

  test("takes an undefined name for none", async () => {
    await valueOf(new Resource("thing", { displayName: undefined! }).urn);
    expect(declared[0]!.inputs).toMatchObject({ displayName: "thing" });
  });

  test("shows its inputs as outputs", async () => {
    expect(await valueOf(new Resource("thing", { description: "d" }).description)).toBe("d");
  });

  test("takes the outputs of others as arguments", async () => {
    await valueOf(new Resource("thing", { description: pulumi.output(Promise.resolve("d")) }).urn);
    expect(declared[0]!.inputs).toMatchObject({ description: "d" });
  });

  test("is looked up by id: read, with nothing declared", async () => {
    const found = Resource.get("thing", id(1));
    expect(await valueOf(found.id)).toBe(id(1));
    expect(declared).toMatchObject([
      {
        id: id(1),
        inputs: {
          __provider: `exports.handler = () => require("pulumi-autopilot/runtime").v1("${kind}")`,
        },
      },
    ]);
    expect(Object.keys(declared[0]!.inputs)).toEqual(["__provider"]);
  });

  test("knows its own", () => {
    expect(Resource.isInstance(new Resource("thing"))).toBe(true);
  });

  test("knows its own of another copy of the package", () => {
    expect(Resource.isInstance({ __pulumiType: `pulumi-nodejs:dynamic/autopilot:${kind}` })).toBe(
      true,
    );
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", kind],
    ["another resource", { __pulumiType: "azuread:index/group:Group" }],
  ])("does not take %s for its own", (_fact, other) => {
    expect(Resource.isInstance(other)).toBe(false);
  });

  test("has no origin where the old object stands beside the new one", async () => {
    await valueOf(new Resource("thing", {}, { deleteBeforeReplace: false }).urn);
    expect(declared[0]!.inputs).not.toHaveProperty("__origin");
  });
});

test("a device group is no user group", () => {
  expect(UserGroup.isInstance(new DeviceGroup("thing"))).toBe(false);
});

describe("a replacement deletes first", () => {
  /** The options with which a resource is registered: a transformation sees them merged. */
  function optionsOf(opts?: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
    let seen: pulumi.CustomResourceOptions = {};
    new DeviceGroup(
      "thing",
      {},
      {
        ...opts,
        transformations: [
          ({ props, opts: merged }) => {
            seen = merged;
            return { props, opts: merged };
          },
        ],
      },
    );
    return seen;
  }

  test("unless the program says otherwise", () => {
    expect(optionsOf().deleteBeforeReplace).toBe(true);
  });

  test("not where the program says otherwise", () => {
    expect(optionsOf({ deleteBeforeReplace: false }).deleteBeforeReplace).toBe(false);
  });

  test("and every other option stays", () => {
    expect(optionsOf({ protect: true })).toMatchObject({
      protect: true,
      deleteBeforeReplace: true,
    });
  });
});

describe("a policy without a device group", () => {
  test("warns, as it never launches", () => {
    new DevicePreparationPolicy("thing");
    expect(warn.mock.calls).toEqual([
      ["thing: no deviceGroupId. Without a device group the policy never launches on a device."],
    ]);
  });

  test("does not warn where there is one", () => {
    new DevicePreparationPolicy("thing", { deviceGroupId: id(1) });
    expect(warn).not.toHaveBeenCalled();
  });

  test("does not warn where the group is not known yet", () => {
    new DevicePreparationPolicy("thing", { deviceGroupId: new DeviceGroup("devices").id });
    expect(warn).not.toHaveBeenCalled();
  });

  test("does not warn where an existing policy is looked up", () => {
    DevicePreparationPolicy.get("thing", id(1));
    expect(warn).not.toHaveBeenCalled();
  });
});
