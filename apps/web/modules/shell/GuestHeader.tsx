import { Button } from "@calcom/ui";
import Link from "next/link";
import { getServerTranslation } from "@/lib/i18n-server";
import { LocalizedThemeToggle } from "./LocalizedThemeToggle";
import { Logo } from "./Logo";

/** Where nobody is signed in: says whose page it is, and where to sign in. */
export async function GuestHeader() {
  const { t } = await getServerTranslation();
  return (
    <header className="border-b bg-background">
      <div className="mx-auto flex h-12 w-full max-w-page items-center gap-6 px-4 sm:px-6">
        {/* The proxy answers each prefetch of the static page by another path, and the router would ask for ever. */}
        <Link href="/" prefetch={false} aria-label={t("nav_home")} className="flex rounded-md">
          <Logo />
        </Link>
        <div className="ml-auto flex items-center gap-1.5">
          <LocalizedThemeToggle />
          <Button asChild variant="outline" size="sm">
            {/* Under another root layout, which is loaded whole: a Link would ask in vain first. */}
            <a href="/login">{t("marketing_nav_sign_in")}</a>
          </Button>
        </div>
      </div>
    </header>
  );
}
