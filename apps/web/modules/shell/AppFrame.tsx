import type { AuthUser } from "@calcom/features/auth";
import { isDatabaseAway } from "@calcom/lib/sql";
import type { ReactNode } from "react";
import { SessionProvider } from "@/app/providers";
import { getServerTranslation } from "@/lib/i18n-server";
import { getCurrentUser, getSession } from "@/lib/session";
import { ToolsForAdmin } from "../devtools/ToolsForAdmin";
import { LocaleChoice } from "../locale/LocaleChoice";
import { AppHeader } from "./AppHeader";
import { AwayMessage } from "./AwayMessage";
import { mainProps } from "./Document";
import { GuestHeader } from "./GuestHeader";
import { HomeLink } from "./HomeLink";
import { LocalizedThemeToggle } from "./LocalizedThemeToggle";
import { readNavigation } from "./navigation";

/** What stands around a page of the app. While the database does not answer, it says so in the page's place. */
export async function AppFrame({ children }: { children: ReactNode }) {
  const account = await readAccount();
  if (account === "away")
    return (
      <SessionProvider session={null}>
        <WithLanguages>
          <PlainHeader />
          <Main>
            <AwayMessage />
          </Main>
        </WithLanguages>
      </SessionProvider>
    );
  if (account === null)
    return (
      <SessionProvider session={null}>
        <WithLanguages>
          <GuestHeader />
          <Main>{children}</Main>
        </WithLanguages>
      </SessionProvider>
    );
  return (
    <SessionProvider session={await getSession()}>
      <AppHeader user={account} />
      {account.role === "ADMIN" && <ToolsForAdmin />}
      <Main>{children}</Main>
    </SessionProvider>
  );
}

/** At the foot of the page, where no menu of an account has them. */
function WithLanguages({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      {children}
      <footer className="mx-auto mt-auto px-4 py-5 sm:px-6 print:hidden">
        <LocaleChoice />
      </footer>
    </div>
  );
}

/** With all that the header shows of the account, so that nothing of the frame is missing later. */
async function readAccount(): Promise<AuthUser | null | "away"> {
  try {
    const user = await getCurrentUser();
    if (user !== null) await readNavigation(user);
    return user;
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    return "away";
  }
}

function Main({ children }: { children: ReactNode }) {
  return (
    <main
      {...mainProps}
      className="mx-auto w-full max-w-page px-4 py-4 focus:outline-none sm:px-6 sm:py-8 print:max-w-none print:p-0"
    >
      {children}
    </main>
  );
}

/** Of an account that cannot be read: nobody is asked to sign in who is signed in. */
async function PlainHeader() {
  const { t } = await getServerTranslation();
  return (
    <header className="border-b bg-background">
      <div className="mx-auto flex h-12 w-full max-w-page items-center gap-6 px-4 sm:px-6">
        <HomeLink label={t("nav_home")} />
        <div className="ml-auto">
          <LocalizedThemeToggle />
        </div>
      </div>
    </header>
  );
}
