import { associationRows } from "./association-rows";
import { deviceGroupRows, userGroupRows } from "./group-rows";
import { orderRows } from "./order-rows";
import { policyRows } from "./policy-rows";
import type { Row } from "./row";

export type { Change, Row, Surroundings } from "./row";

export const ROWS: readonly Row[] = [
  ...deviceGroupRows,
  ...userGroupRows,
  ...policyRows,
  ...associationRows,
  ...orderRows,
];
