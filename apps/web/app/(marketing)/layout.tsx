import type { ReactNode } from "react";
import { MarketingFooter } from "@/modules/marketing/MarketingFooter";
import { MarketingHeader } from "@/modules/marketing/MarketingHeader";

/** Reads nothing of the request, so that pages below it can be prerendered. */
export default function MarketingLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <MarketingHeader />
      <main className="mx-auto w-full max-w-[1120px] flex-1 px-4 sm:px-6">{children}</main>
      <MarketingFooter />
    </div>
  );
}
