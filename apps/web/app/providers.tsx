"use client";

import "@/modules/experiments/default-transport";
import { Toaster, TooltipProvider } from "@calcom/ui";
import type { Session } from "next-auth";
import { SessionProvider as NextAuthSessionProvider } from "next-auth/react";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import type { LocaleCode } from "@/lib/locale";
import { ConsentBar } from "@/modules/consent/ConsentBar";
import { ToolsStarter } from "@/modules/devtools/ToolsStarter";
import { Language } from "@/modules/locale/Language";

interface ProvidersProps {
  locale: LocaleCode;
  /** Neither asks for consent nor shows tools. */
  isPlain: boolean;
  children: ReactNode;
}

/** What every page needs, whoever looks at it. */
export function Providers({ locale, isPlain, children }: ProvidersProps) {
  return (
    <ThemeProvider attribute="class" disableTransitionOnChange scriptProps={themeScript}>
      <Language locale={locale}>
        <TooltipProvider>
          {children}
          {!isPlain && (
            <>
              <ConsentBar />
              <ToolsStarter />
            </>
          )}
        </TooltipProvider>
        <Toaster />
      </Language>
    </ThemeProvider>
  );
}

/**
 * Hands the session that the server has read to `useSession`, so that the browser never asks for it. Another person
 * starts afresh: next-auth keeps its first session whatever it is given later.
 */
export function SessionProvider({ session, children }: { session: Session | null; children: ReactNode }) {
  return (
    <NextAuthSessionProvider
      key={session?.user.id ?? "anonymous"}
      session={session}
      refetchOnWindowFocus={false}
    >
      {children}
    </NextAuthSessionProvider>
  );
}

// The document has a script of its own that does this, of which policies know the hash. That of next-themes is data.
const themeScript = { type: "application/json" };
