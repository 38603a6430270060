import * as tenant from "../../support/tenant";
import type { Row, Surroundings } from "./row";

const POLICIES = "/beta/deviceManagement/configurationPolicies";
const names = ["order-1", "order-2", "order-3"];
const references = (...order: number[]) => order.map((index) => ({ $id: names[index] }));

/** The names of the ordered policies in the tenant's order. */
async function standing({ sandbox, ids }: Surroundings): Promise<string[]> {
  const { value } = await tenant.ask(sandbox, "GET", `${POLICIES}?$top=100`);
  return (value as { id: string; priorityMetaData: { priority: number } }[])
    .sort((a, b) => a.priorityMetaData.priority - b.priorityMetaData.priority)
    .map(({ id }) => names.find((name) => ids[name] === id) ?? "")
    .filter((name) => name !== "");
}

/** A resource without an object of its own: it moves policies. */
export const orderRows: Row[] = [
  {
    kind: "PolicyOrder",
    property: "policyIds",
    start: { policyIds: references(0, 1, 2) },
    program: {
      to: { policyIds: references(2, 0, 1) },
      lines: [
        '~ policyIds: [ ~ [0]: "{order-1}" => "{order-3}" ~ [1]: "{order-2}" => "{order-1}" ~ [2]: "{order-3}" => "{order-2}" ]',
      ],
      writes: [],
    },
    drift: {
      by: async ({ sandbox, ids }) => {
        await tenant.ask(sandbox, "POST", `${POLICIES}/${ids["order-2"] ?? ""}/reorder`, {
          priority: 1,
        });
      },
      lines: [
        '~ policyIds: [ ~ [0]: "{order-2}" => "{order-3}" ~ [1]: "{order-3}" => "{order-1}" ~ [2]: "{order-1}" => "{order-2}" ]',
      ],
      writes: [],
    },
    look: (around) => standing(around),
    holds: ["order-3", "order-1", "order-2"],
  },
];
