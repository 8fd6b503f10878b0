import { getServerTranslation } from "@/lib/i18n-server";
import { HomeLink } from "./HomeLink";
import { LocalizedThemeToggle } from "./LocalizedThemeToggle";
import { SignInButton } from "./SignInButton";

/** Where nobody is signed in: says whose page it is, and where to sign in. */
export async function GuestHeader() {
  const { t } = await getServerTranslation();
  return (
    <header className="border-b bg-background print:hidden">
      <div className="mx-auto flex h-12 w-full max-w-page items-center gap-6 px-4 sm:px-6">
        <HomeLink label={t("nav_home")} />
        <div className="ms-auto flex items-center gap-1.5">
          <LocalizedThemeToggle />
          <SignInButton label={t("marketing_nav_sign_in")} size="sm" />
        </div>
      </div>
    </header>
  );
}
