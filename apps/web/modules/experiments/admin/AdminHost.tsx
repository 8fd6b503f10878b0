"use client";

import { AdminHostProvider, type AdminHost as Host } from "@calcom/features/experiments-admin/api/host";
import { trpc } from "@calcom/trpc/react";
import { type ReactNode, useMemo } from "react";
import { sharedReportPath } from "@/modules/reports/shared-path";
import { experimentPaths } from "./paths";

/** What this application gives the pages of the administration: tRPC, and its addresses. */
export function AdminHost({ children }: { children: ReactNode }) {
  const { client } = trpc.useUtils();
  const host = useMemo(
    (): Host => ({
      client: client.viewer.admin.experiments,
      cacheKey: ["viewer", "admin", "experiments"],
      paths: experimentPaths,
      flags: {
        client: client.viewer.admin.flags,
        cacheKey: ["viewer", "admin", "flags"],
        pathOf: (slug) => `/settings/admin/flags?search=${encodeURIComponent(slug)}`,
        isMounted: false,
      },
      sharedReportPath,
      hasPreviews: true,
    }),
    [client],
  );
  return <AdminHostProvider host={host}>{children}</AdminHostProvider>;
}
