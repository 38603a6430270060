import * as pulumi from "@pulumi/pulumi";

/** What a program declared: a resource as the engine is asked for it. */
export interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** Empty unless an existing one is looked up. */
  id: string;
}

/** Starts a program without an engine; gives what it declares. */
export async function program(): Promise<Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs, id }) => {
        declared.push({ type, name, inputs: inputs as Record<string, unknown>, id: id ?? "" });
        return { id: id === "" ? `${name}-id` : id, state: inputs as Record<string, unknown> };
      },
    },
    "fleet",
    "prod",
    false,
    "acme",
  );
  return declared;
}

/** The value of an output, once it is known. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
