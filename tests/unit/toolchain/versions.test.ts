import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");
const text = (path: string) => readFileSync(join(root, path), "utf8");

interface Manifest {
  devDependencies: Record<string, string>;
}
const { devDependencies } = JSON.parse(text("package.json")) as Manifest;

test("the engine that Go builds has the version of the npm package pulumi", () => {
  const required = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(
    text("engine/pulumi/go.mod"),
  )?.[1];
  expect(required).toBe(devDependencies["pulumi"]);
});

test("the engine and Node have exact versions", () => {
  expect(devDependencies["pulumi"]).toMatch(/^\d+\.\d+\.\d+$/);
  expect(devDependencies["node"]).toMatch(/^\d+\.\d+\.\d+$/);
});

test(".nvmrc names the release line of the npm package node", () => {
  expect(text(".nvmrc").trim()).toBe(devDependencies["node"]?.split(".")[0]);
});

test("the lock file names no registry host", () => {
  const { packages } = JSON.parse(text("package-lock.json")) as {
    packages: Record<string, { resolved?: string; link?: boolean }>;
  };
  const addresses = Object.values(packages).filter(({ resolved }) =>
    /^[a-z+]+:/i.test(resolved ?? ""),
  );
  expect(addresses).toEqual([]);
});

test("the lock file has the packages of every platform that one of them has", () => {
  interface Locked {
    version: string;
    optionalDependencies?: Record<string, string>;
  }
  const { packages } = JSON.parse(text("package-lock.json")) as {
    packages: Record<string, Locked>;
  };
  const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, "")));
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
    .filter((name) => !names.has(name));
  expect(missing).toEqual([]);
});
