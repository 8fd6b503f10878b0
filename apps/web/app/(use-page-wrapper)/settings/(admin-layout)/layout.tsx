import { TrpcProvider } from "@calcom/trpc/react";
import { forbidden } from "next/navigation";
import type { ReactNode } from "react";
import { getExperimentRole } from "@/lib/require-experiments";
import { getCurrentUser } from "@/lib/session";

/**
 * Refuses whoever has nothing to do here. Each page below asks `requireAdminPage` or `requireExperimentsPage` again,
 * since this is not rendered anew on soft navigation; they also send the anonymous to the login, knowing the way back.
 */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await getCurrentUser();
  if (user !== null && (await getExperimentRole(user.id)) === null) forbidden();
  return <TrpcProvider>{children}</TrpcProvider>;
}
