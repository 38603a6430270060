/** The hosts of one Microsoft cloud. Tokens go to these and to loopback, and nowhere else. */
export interface Cloud {
  /** Where tokens come from. */
  authority: string;
  /** Microsoft Graph, without a version. */
  graph: string;
}

/**
 * All clouds by the names that `environment` takes.
 *
 * @see https://learn.microsoft.com/graph/deployments
 */
export const CLOUDS = {
  public: {
    authority: "https://login.microsoftonline.com",
    graph: "https://graph.microsoft.com",
  },
  usgovernment: {
    authority: "https://login.microsoftonline.us",
    graph: "https://graph.microsoft.us",
  },
  usgovernmentl5: {
    authority: "https://login.microsoftonline.us",
    graph: "https://dod-graph.microsoft.us",
  },
  china: {
    authority: "https://login.chinacloudapi.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof CLOUDS;

const ALIASES: Readonly<Record<string, CloudName>> = {
  global: "public",
  usgovernmentl4: "usgovernment",
  dod: "usgovernmentl5",
};

/** The cloud of that name, or nothing. */
export function cloudNamed(name: string): CloudName | undefined {
  const key = name.toLowerCase();
  if (Object.hasOwn(CLOUDS, key)) return key as CloudName;
  return Object.hasOwn(ALIASES, key) ? ALIASES[key] : undefined;
}
