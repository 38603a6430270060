// @ts-check
/** Builds the engine from the Go module proxy, where the official download is out of reach. */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, note, say, tail } from "./output.mjs";
import { atLeast, engineVersion, inRoot, windows } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * Each command has a Go module of its own in `engine/`, as they need different SDK versions. The
 * language host comes from the last module version that holds it.
 */
const commands = [
  {
    module: "language-nodejs",
    command: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    file: "pulumi-language-nodejs",
    flags: "-s -w",
  },
  {
    module: "pulumi",
    command: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    file: "pulumi",
    flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`,
  },
];

/** The Go version that the engine's module asks for. */
export function neededGo() {
  const text = readFileSync(inRoot("engine/pulumi/go.mod"), "utf8");
  return /^go (\S+)$/m.exec(text)?.[1] ?? "";
}

/** @returns {string | undefined} why the engine can't be built here, in a sentence */
export function goProblem() {
  if (windows) return "It can be built on Linux and macOS only.";
  // Reported for the module's folder: where Go may fetch a newer toolchain of itself, it already has.
  const { stdout, status } = spawnSync("go", ["env", "GOVERSION"], {
    cwd: inRoot("engine/pulumi"),
    encoding: "utf8",
    env: goEnv(),
  });
  if (status === 0 && atLeast(stdout.trim().replace(/^go/, ""), neededGo())) return undefined;
  const { stdout: plain } = spawnSync("go", ["version"], { encoding: "utf8", env: goEnv() });
  const version = /go(\d[\d.]*)/.exec(plain ?? "")?.[1];
  return version
    ? `It can't be built here either: Go ${version} is too old, ${neededGo()} is needed.`
    : "It can't be built here either: Go is not installed.";
}

/**
 * @param {string} bin where to
 * @param {(pid: number) => void} started
 */
export async function buildEngine(bin, started) {
  say("Building the engine takes 4 to 10 minutes on two cores: it is a large Go program.");
  for (const { module, command, file, flags } of commands) {
    const args = [
      "build",
      "-mod=readonly",
      "-buildvcs=false",
      "-ldflags",
      flags,
      "-o",
      join(bin, file),
      command,
    ];
    const result = await run("go", args, {
      cwd: inRoot("engine", module),
      env: goEnv(),
      heartbeat: `Still building ${file}`,
      started,
    });
    if (result.code !== 0) {
      throw new Failure(
        `${tail(result.text)}\n\nBuilding ${file} failed. If the lines above speak of a network error, ` +
          "the Go module proxy was not reached: check the network or GOPROXY.",
      );
    }
    note(`Built ${file}.`);
  }
  for (const file of readdirSync(inRoot("engine/launchers"))) {
    copyFileSync(inRoot("engine/launchers", file), join(bin, file));
    chmodSync(join(bin, file), 0o755);
  }
}

/** No C compiler is needed, and the caller's flags for other projects don't apply. */
function goEnv() {
  return { ...process.env, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
}
