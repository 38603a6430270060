import { v1 } from "pulumi-autopilot/runtime";

test.each(["@pulumi/", "@azure/"])("a provider is made without loading anything of %s", (scope) => {
  v1("DeviceGroup");
  expect(Object.keys(require.cache).filter((path) => path.includes(scope))).toEqual([]);
});

test("the files that are loaded are seen by this test", () => {
  expect(Object.keys(require.cache).some((path) => path.endsWith("runtime.ts"))).toBe(true);
});
