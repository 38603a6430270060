import type { Graph } from "../graph/client";
import {
  addOwner,
  createServicePrincipal,
  deleteGroup,
  type DirectoryObject,
  findServicePrincipal,
  getGroup,
  getOwners,
  type Group,
  MAX_LINKS,
  PROVISIONING_CLIENT_APP_ID,
  removeOwner,
  updateGroup,
} from "../graph/groups";
import { Failure } from "../lifecycle/failure";
import type { Fields } from "../lifecycle/field";
import type { Context, Kind, Live } from "../lifecycle/kind";
import { poll, settling } from "../lifecycle/poll";
import type { Props } from "../lifecycle/props";
import { adoptionFailures, announce } from "./adoption";
import { deleteForSure, orGone } from "./gone";
import {
  adoptable,
  assertUsable,
  bodyOf,
  changesOf,
  completeGroup,
  GROUP_FIELDS,
  type GroupInputs,
  isDynamic,
  liveGroup,
  makeGroup,
  namesakes,
  nameTaken,
  nameTakenAtCreation,
  orNotYet,
  precheck,
} from "./group";

const NOUN = "device group";
const KIND = "DeviceGroup";

/** Every property of a device group. */
export const DEVICE_GROUP_FIELDS = {
  ...GROUP_FIELDS,
  additionalOwnerIds: { kind: "idSet", maximum: 99, unmanagedWhenAbsent: true },
  createServicePrincipal: { kind: "boolean", default: false, local: true },
  ownedByIntune: { kind: "boolean", default: true, invariant: true },
  membershipType: {
    kind: "choice",
    choices: ["assigned", "dynamic"],
    default: "assigned",
    invariant: true,
  },
} as const satisfies Fields;

interface Inputs extends GroupInputs {
  additionalOwnerIds?: string[];
  createServicePrincipal: boolean;
  ownedByIntune: boolean;
}

type Ctx = Context<Graph>;

/** A group as the tenant holds it. */
interface Observed {
  group: Group;
  owners: DirectoryObject[];
}

export const deviceGroup: Kind<Graph> = {
  name: KIND,
  noun: NOUN,
  fields: DEVICE_GROUP_FIELDS,

  complete(inputs, olds) {
    return { inputs: completeGroup(KIND, inputs, olds), failures: adoptionFailures(inputs, olds) };
  },

  async create(ctx, props) {
    const inputs = props as Inputs;
    if (inputs.adoptId !== undefined) return adopt(ctx, inputs.adoptId, inputs);
    const [client, found] = await Promise.all([
      provisioningClient(ctx.service),
      precheck(KIND, ctx.service, inputs),
    ]);
    if (found.own === undefined && found.others.length > 0) throw nameTakenAtCreation(found.others);
    const clientId = client ?? (await missingClient(ctx.service, inputs));
    const owners = [clientId, ...(inputs.additionalOwnerIds ?? [])];
    const { group, found: wasThere } = await makeGroup(KIND, ctx, inputs, found, {
      ...bodyOf(inputs),
      owners: owners.slice(0, MAX_LINKS),
    });
    ctx.made(group.id);
    if (wasThere || owners.length > MAX_LINKS) {
      return { id: group.id, live: await converge(ctx, group.id, inputs) };
    }
    return {
      id: group.id,
      live: live(await observeNew(ctx, group.id, clientId), inputs, clientId),
    };
  },

  async read(ctx, id, state) {
    const observed = await orGone(ctx, () => observe(ctx.service, id));
    if (observed === undefined) return undefined;
    assertUsable(observed.group, NOUN);
    return live(observed, state, await hiddenClient(observed, ctx.service));
  },

  async update(ctx, id, state, props) {
    const inputs = props as Inputs;
    const removed = ownersIn(state).filter((owner) => !ownersIn(props).includes(owner));
    return converge(ctx, id, inputs, inputs.additionalOwnerIds === undefined ? [] : removed);
  },

  delete: (ctx, id) =>
    deleteForSure(
      ctx,
      () => deleteGroup(ctx.service, id),
      () => getGroup(ctx.service, id),
    ),
};

/** Takes over an existing group: looks whether it can be one of these, then makes it equal to the inputs. */
async function adopt(ctx: Ctx, id: string, inputs: Inputs): Promise<{ id: string; live: Live }> {
  const [seen, others] = await Promise.all([
    orGone(ctx, () => observe(ctx.service, id)),
    namesakes(ctx.service, inputs, id),
  ]);
  const found = adoptable(seen, others, NOUN, id);
  ctx.made(id);
  const before = live(found, inputs, await hiddenClient(found, ctx.service));
  announce(ctx, deviceGroup, before.inputs, inputs);
  return { id, live: await converge(ctx, id, inputs, [], [found, others]) };
}

/** Makes the group equal to the inputs, sending only what differs. */
async function converge(
  ctx: Ctx,
  id: string,
  inputs: Inputs,
  formerOwners: string[] = [],
  start?: [Observed, Group[]],
): Promise<Live> {
  const graph = ctx.service;
  const look = () => Promise.all([observe(graph, id), namesakes(graph, inputs, id)]);
  const [{ group, owners }, others] = start ?? (await look());
  assertUsable(group, NOUN);
  const changes = changesOf(group, inputs);
  if (changes.displayName !== undefined && others.length > 0) throw nameTaken(others);
  if (isDynamic(group)) {
    changes.groupTypes = group.groupTypes.filter((type) => type !== "DynamicMembership");
    changes.membershipRule = null;
    changes.membershipRuleProcessingState = null;
  }
  const wanted = [...(inputs.additionalOwnerIds ?? [])];
  let clientId = owners.find((owner) => owner.appId === PROVISIONING_CLIENT_APP_ID)?.id;
  if (clientId === undefined && inputs.ownedByIntune) {
    clientId = (await provisioningClient(graph)) ?? (await missingClient(graph, inputs));
    wanted.push(clientId);
  }
  const missing = wanted.filter((owner) => !owners.some(({ id: has }) => has === owner));
  const surplus = formerOwners.filter((owner) => owners.some(({ id: has }) => has === owner));

  if (Object.keys(changes).length > 0) await updateGroup(graph, id, changes);
  for (const owner of missing) await addOwner(graph, id, owner);
  for (const owner of surplus) await removeOwner(graph, id, owner);
  if (Object.keys(changes).length + missing.length + surplus.length === 0) {
    return live({ group, owners }, inputs, clientId);
  }
  return live(
    await settled(ctx, id, (now) => Object.keys(changesOf(now.group, inputs)).length === 0),
    inputs,
    clientId,
  );
}

async function observe(graph: Graph, id: string): Promise<Observed> {
  const [group, owners] = await Promise.all([getGroup(graph, id), getOwners(graph, id)]);
  return { group, owners };
}

/** Reads back after a write: looks again while a replica still shows the old object. */
async function settled(ctx: Ctx, id: string, good: (now: Observed) => boolean): Promise<Observed> {
  const seen = await poll(
    () => orNotYet(() => observe(ctx.service, id)),
    (now) => now !== undefined && good(now),
    {
      ...settling(ctx),
      waiting: () => ctx.say("waiting until Entra ID shows the group as it was written"),
    },
  );
  return seen ?? observe(ctx.service, id);
}

function observeNew(ctx: Ctx, id: string, clientId: string): Promise<Observed> {
  return settled(ctx, id, ({ owners }) => owners.some((owner) => owner.id === clientId));
}

/**
 * The live properties. Of the owners only the provisioning client and those that the program names count: others' owners
 * are left alone and are no drift.
 */
function live({ group, owners }: Observed, state: Props | undefined, clientId?: string): Live {
  const has = (id: string) => owners.some((owner) => owner.id === id);
  const owned = owners.some((owner) => owner.appId === PROVISIONING_CLIENT_APP_ID);
  return {
    inputs: {
      ...liveGroup(group),
      ownedByIntune: owned || (clientId !== undefined && has(clientId)),
      ...(state?.["additionalOwnerIds"] !== undefined && {
        additionalOwnerIds: ownersIn(state).filter(has),
      }),
    },
    outputs: {},
  };
}

function ownersIn(props: Props): string[] {
  const ids = props["additionalOwnerIds"];
  return Array.isArray(ids) ? ids.map(String) : [];
}

/** The tenant's service principal of the provisioning client; asked for once per connection. */
const clients = new WeakMap<Graph, Promise<string | undefined>>();

function provisioningClient(graph: Graph): Promise<string | undefined> {
  let client = clients.get(graph);
  if (client === undefined) {
    client = findServicePrincipal(graph, PROVISIONING_CLIENT_APP_ID);
    clients.set(graph, client);
    client.then(
      (id) => id === undefined && clients.delete(graph),
      () => clients.delete(graph),
    );
  }
  return client;
}

/** Owners show their app id only to identities that may read applications; else the object's own id tells. */
async function hiddenClient({ owners }: Observed, graph: Graph): Promise<string | undefined> {
  const hidden = owners.some(
    ({ "@odata.type": type, appId }) =>
      type === "#microsoft.graph.servicePrincipal" && (appId === undefined || appId === null),
  );
  return hidden ? provisioningClient(graph) : undefined;
}

async function missingClient(graph: Graph, inputs: Inputs): Promise<string> {
  if (!inputs.createServicePrincipal) {
    throw new Failure(
      "this tenant has no service principal of the Intune Provisioning Client, which must own the group.",
      [
        `Create it once: az ad sp create --id ${PROVISIONING_CLIENT_APP_ID}`,
        "or set createServicePrincipal: true (needs Application.ReadWrite.All).",
      ],
    );
  }
  const id = await createServicePrincipal(graph, PROVISIONING_CLIENT_APP_ID);
  clients.delete(graph);
  return id;
}
