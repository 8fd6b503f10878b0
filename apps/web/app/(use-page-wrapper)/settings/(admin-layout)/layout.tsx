import { TrpcProvider } from "@calcom/trpc/react";
import type { ReactNode } from "react";
import { requireAdminPage } from "@/lib/require-admin";

/** Each page below asks `requireAdminPage` again: this is not rendered anew on soft navigation. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireAdminPage();
  return <TrpcProvider>{children}</TrpcProvider>;
}
