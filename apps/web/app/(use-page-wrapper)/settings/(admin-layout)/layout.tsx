import { TrpcProvider } from "@calcom/trpc/react";
import { forbidden } from "next/navigation";
import type { ReactNode } from "react";
import { getCurrentUser } from "@/lib/session";

/**
 * Refuses everybody but administrators. Each page below asks `requireAdminPage` again, since this is not rendered anew
 * on soft navigation; the pages also send the anonymous to the login, because they know the way back.
 */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await getCurrentUser();
  if (user !== null && user.role !== "ADMIN") forbidden();
  return <TrpcProvider>{children}</TrpcProvider>;
}
