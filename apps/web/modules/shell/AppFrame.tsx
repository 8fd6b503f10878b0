import type { ReactNode } from "react";
import { SessionProvider } from "@/app/providers";
import { getCurrentUser, getSession } from "@/lib/session";
import { ToolsForAdmin } from "../devtools/ToolsForAdmin";
import { AppHeader } from "./AppHeader";
import { GuestHeader } from "./GuestHeader";

/** What stands around a page of the app. */
export async function AppFrame({ children }: { children: ReactNode }) {
  const [session, user] = await Promise.all([getSession(), getCurrentUser()]);
  return (
    <SessionProvider session={user && session}>
      {user ? <AppHeader user={user} /> : <GuestHeader />}
      {user?.role === "ADMIN" && <ToolsForAdmin />}
      <main className="mx-auto w-full max-w-page px-4 py-6 sm:px-6 sm:py-8">{children}</main>
    </SessionProvider>
  );
}
