/**
 * What the text in state requires: `exports.handler = () => require("pulumi-autopilot/runtime").v1("DeviceGroup")`.
 * A stored format. The path of this entry, the name `v1` and the names of the kinds never change; every text that was
 * ever written is tested against it.
 */
import { isBusy } from "./graph/shared";
import { connectTenant } from "./kinds/connect";
import { deviceGroup } from "./kinds/device-group";
import { devicePreparationPolicy } from "./kinds/device-preparation-policy";
import { policyOrder } from "./kinds/policy-order";
import { userGroup } from "./kinds/user-group";
import { engineProvider, type EngineProvider } from "./lifecycle/engine-provider";
import { endWithEngine } from "./lifecycle/orphan";

endWithEngine(process.argv, isBusy);

const KINDS = [deviceGroup, userGroup, devicePreparationPolicy, policyOrder];

/** The provider of one kind of resource, as the engine's dynamic-provider process calls it. */
export function v1(name: string): EngineProvider {
  const kind = KINDS.find((one) => one.name === name);
  if (kind === undefined) {
    throw new Error(
      `This version of pulumi-autopilot knows no ${name}. Install the version that the stack was deployed with, or a later one.`,
    );
  }
  return engineProvider(kind, connectTenant);
}
