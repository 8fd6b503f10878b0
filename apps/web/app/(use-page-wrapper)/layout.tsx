import type { ReactNode } from "react";
import { getCurrentUser, getSession } from "@/lib/session";
import { ToolsForAdmin } from "@/modules/devtools/ToolsForAdmin";
import { AppHeader } from "@/modules/shell/AppHeader";
import { SessionProvider } from "../providers";

/**
 * The frame of the pages for people who are signed in. It does not refuse anybody: a layout is not rendered again on
 * soft navigation and does not know its path, so each page asks `requireUserPage` or `requireAdminPage` itself.
 */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const [session, user] = await Promise.all([getSession(), getCurrentUser()]);
  return (
    <SessionProvider session={user && session}>
      {user && <AppHeader user={user} />}
      {user?.role === "ADMIN" && <ToolsForAdmin />}
      <main className="mx-auto w-full max-w-page px-4 py-6 sm:px-6 sm:py-8">{children}</main>
    </SessionProvider>
  );
}
