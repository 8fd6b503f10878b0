import type { ReactNode } from "react";
import { getLocale } from "@/lib/i18n-server";
import { getCurrentUser, getSession } from "@/lib/session";
import { ToolsForAdmin } from "@/modules/devtools/ToolsForAdmin";
import { AppLocale } from "@/modules/locale/AppLocale";
import { AppHeader } from "@/modules/shell/AppHeader";
import { SessionProvider } from "../providers";

/**
 * The frame of the pages for people who are signed in. It does not refuse anybody: a layout is not rendered again on
 * soft navigation and does not know its path, so each page asks `requireUserPage` or `requireAdminPage` itself.
 */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const [session, user, locale] = await Promise.all([getSession(), getCurrentUser(), getLocale()]);
  return (
    <SessionProvider session={user && session}>
      <AppLocale locale={locale}>
        {user && <AppHeader user={user} />}
        {user?.role === "ADMIN" && <ToolsForAdmin />}
        <main className="mx-auto w-full max-w-page px-4 py-6 sm:px-6 sm:py-8">{children}</main>
      </AppLocale>
    </SessionProvider>
  );
}
