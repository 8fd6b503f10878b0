"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { AdminPaths } from "../pages/paths";
import type { AdminClient, FlagClient } from "./client";

/** What the application gives the pages. */
export interface AdminHost {
  client: AdminClient;
  /** The prefix of all keys in the query cache. */
  cacheKey: readonly string[];
  paths: AdminPaths;
  flags: FlagsHost;
  /** The address of the page that shows shared reports; null if the application has no such page. */
  sharedReportPath: ((token: string) => string) | null;
  /** Whether links that show a variant lead anywhere. */
  hasPreviews: boolean;
}

/** The same for the page of flags. */
export interface FlagsHost {
  client: FlagClient;
  cacheKey: readonly string[];
  /** Where a flag is shown. */
  pathOf: (slug: string) => string;
  /** Whether another application has mounted the page, which then says whose flags these are. */
  isMounted: boolean;
}

const HostContext = createContext<AdminHost | null>(null);

export function AdminHostProvider({ host, children }: { host: AdminHost; children: ReactNode }) {
  return <HostContext.Provider value={host}>{children}</HostContext.Provider>;
}

export function useAdminHost(): AdminHost {
  const host = useContext(HostContext);
  if (host === null) throw new Error("Put this into an <AdminHostProvider>.");
  return host;
}

export const flagsOf = ({ flags }: AdminHost): FlagsHost => flags;

export function usePaths(): AdminPaths {
  return useAdminHost().paths;
}
