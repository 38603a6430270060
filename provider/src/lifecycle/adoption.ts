import { hasUnknown, type Props } from "./props";

/** The argument that names an object to take over in the place of making one. */
export const ADOPT_ID = "adoptId";

/** The object that these inputs take over, if they do and it is known. */
export function adoptedId(inputs: Props): string | undefined {
  const id = inputs[ADOPT_ID];
  return typeof id === "string" && !hasUnknown(id) ? id : undefined;
}
